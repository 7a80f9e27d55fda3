/**
 * Files of which the page gets less, by path: it sees no live cluster, no roles of IAM and no bindings, so that their rules find nothing
 * there (test/pure/site/left-out.test.ts), and the short way to a list saves no time that can be measured in it.
 */
export const LEFT_OUT = {
  'access/explain/rules/bindings.ts': 'export const bindingRules = () => [];',
  'access/explain/rules/unbound-groups.ts': 'export const unboundGroupRules = () => [];',
  'access/explain/rules/named-rights.ts': 'export const namedRightRules = () => [];',
  'access/explain/rules/iam.ts': 'export const iamRules = () => [];',
  'access/explain/unread.ts': 'export const unreadSentences = () => [];',
  'access/explain/bound-steps.ts': 'export const boundSteps = () => [];',
  'access/explain/bound.ts': 'export const isUserBound = () => false, isClusterAdmin = () => false;',
  'access/explain/help/role-and-binding-help.ts': 'export const ROLE_AND_BINDING_HELP = {};',
  'access/go-yaml/regular/list.ts': 'export const readRegularList = () => undefined;',
};

/** For esbuild. */
export function leftOut(root) {
  return {
    name: 'left-out',
    setup({ onLoad, onEnd }) {
      const met = new Set();
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const name = path.slice(root.length + 1).replaceAll('\\', '/');
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
