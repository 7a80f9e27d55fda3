import { readFileSync } from 'node:fs';

/**
 * Files of which the page gets less, by path: it sees no live cluster, no roles of IAM and no bindings, so that their rules find nothing
 * there (test/pure/site/left-out.test.ts), no mapping with properties that only templates have (`as-access-entry.ts`), and
 * the short way to a list saves no time that can be measured in it.
 */
export const LEFT_OUT = {
  'access/explain/rules/bindings.ts': 'export const bindingRules = () => [];',
  'access/explain/rules/unbound-groups.ts': 'export const unboundGroupRules = () => [];',
  'access/explain/rules/creator-demoted.ts': 'export const creatorDemoted = () => [];',
  'access/explain/rules/unmapped-roles.ts': 'export const unmappedRoles = () => [];',
  'access/explain/rules/named-rights.ts': 'export const namedRightRules = () => [];',
  'access/explain/rules/iam.ts': 'export const iamRules = () => [];',
  'access/explain/unread.ts': 'export const unreadSentences = () => [];',
  'access/explain/bound-steps.ts': 'export const boundSteps = () => [];',
  'access/explain/bound.ts': 'export const isUserBound = () => false, isClusterAdmin = () => false;',
  'access/explain/help/role-and-binding-help.ts': 'export const ROLE_AND_BINDING_HELP = {};',
  'access/access-entry/policies.ts': 'export const toAssociatedPolicies = () => [];',
  'access/node-properties.ts': 'export const checkNodeProperties = () => undefined;',
  'access/rights/translate.ts': 'export const withPolicies = (desired) => desired;',
  'access/go-yaml/regular/list.ts': 'export const readRegularList = () => undefined;',
};

/** Of help: who has the page has not the documents that they name. `eks-access help` and docs/eks-access-rules.md tell them. */
const SOURCES = /^\s*source:[^\n]*,\n/gm;

/** For esbuild. */
export function leftOut(root) {
  return {
    name: 'left-out',
    setup({ onLoad, onEnd }) {
      const met = new Set();
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const name = path.slice(root.length + 1).replaceAll('\\', '/');
        if (name.startsWith('access/explain/help/') && LEFT_OUT[name] === undefined)
          return { contents: readFileSync(path, 'utf8').replace(SOURCES, ''), loader: 'ts' };
        if (LEFT_OUT[name] === undefined) return undefined;
        met.add(name);
        return { contents: LEFT_OUT[name], loader: 'ts' };
      });
      // A file that is called otherwise now would come back unseen.
      onEnd(() => ({
        errors: Object.keys(LEFT_OUT)
          .filter((name) => !met.has(name))
          .map((name) => ({ text: `${name} is to be left out of the page, and is not in it` })),
      }));
    },
  };
}
