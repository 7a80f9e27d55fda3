/** What is to be written to aws-auth: the text as it can be fixed, a copy, or what the records of stacks say. Pure. */
import { type EntryRecord, readOwnership } from '../aws-auth/owners-annotation';
import { undefinedIfRefused } from '../errors';
import { type Finding } from '../explain/finding';
import { findingsOf } from '../explain/findings';
import { identitiesOf } from '../explain/identities';
import { quoted } from '../explain/rights';
import { type ReadAwsAuth } from '../explain/seen-cluster';
import { awsAuthOf, fixDocument } from '../explain/seen-document';
import { readDocument } from '../explain/document/read-document';
import { stackName } from '../owner';
import { listOf, principalKeyOf } from '../explain/who';
import { clusterOf } from './command';
import { type RecoveryFacts, type RecoveryStep, type TextRepair } from './recovery';

const GET = 'kubectl get configmap aws-auth -n kube-system -o yaml > aws-auth.yaml';

/** Undefined where the cluster does not read aws-auth. */
export function repairOf(facts: RecoveryFacts): TextRepair | undefined {
  const { cluster, text } = facts;
  if (cluster.mode === 'API') return undefined;
  if (cluster.awsAuth?.state === 'absent')
    return {
      why: 'There is no aws-auth: everyone who was mapped in it is out, nodes too.',
      text: undefined,
      steps: fromCopy(),
    };
  if (cluster.awsAuth?.state !== 'read' || text === undefined)
    return {
      why: 'aws-auth was not seen. From a copy of it, or as a colleague can still print it, the fixed text is printed.',
      text: undefined,
      steps: [
        { command: GET, about: 'as someone who still gets in; or take a copy from a repository or a backup' },
        { command: `eks-access recover aws-auth.yaml --cluster ${clusterOf(cluster)}`, about: '' },
        ...fromCopy(),
      ],
    };
  return fixedOf(facts, cluster.awsAuth, text);
}

function fixedOf(facts: RecoveryFacts, awsAuth: ReadAwsAuth, text: string): TextRepair {
  const { cluster, file } = facts;
  const fixed = fixDocument(text, isRestoring, cluster);
  const records = recordedElsewhere(facts, awsAuth);
  if ('refused' in fixed)
    return { why: `${fixed.refused} ${records}`.trim(), text: undefined, steps: fromCopy() };
  const left = findingsOf({ ...cluster, awsAuth: awsAuthOf(readDocument(fixed.text)) }).filter(isLost);
  const why = [
    fixed.applied.length > 0
      ? `Fixed: ${listOf(
          fixed.applied.map(({ rule }) => rule),
          8,
        )}.`
      : 'Nothing in the text has a fix that is certain.',
    ...left.map(({ sentence, effect }) => `Left for you: ${sentence} ${effect}`),
    ...(left.length === 0 && fixed.applied.length === 0 ? ['The authenticator can read all of it.'] : []),
    ...(records === '' ? [] : [records]),
  ].join(' ');
  if (fixed.applied.length === 0) return { why, text: undefined, steps: left.length === 0 ? [] : fromCopy() };
  return {
    why,
    text: fixed.text,
    steps: [
      { command: fixCommand(facts, file), about: 'prints the fixed text alone' },
      { command: 'kubectl replace -f aws-auth.fixed.yaml', about: 'as someone who gets in' },
    ],
  };
}

function fixCommand({ cluster, region, profile }: RecoveryFacts, file: string | undefined): string {
  const live = Object.entries({ cluster: cluster.name, region, profile }).flatMap(([name, value]) =>
    value === undefined || (name === 'cluster' && file !== undefined) ? [] : [`--${name} ${quoted(value)}`],
  );
  const input = file === undefined ? live : [quoted(file)];
  return ['eks-access recover', ...input, '--fix > aws-auth.fixed.yaml'].join(' ');
}

/** What gives back what was there; what would give more than the text did stays for a person to decide. */
export function isRestoring({ fix, rule }: Finding): boolean {
  if (fix === undefined) return false;
  return !fix.givesAccess || fix.inDocument !== undefined || LOST.test(rule);
}

function isLost({ rule, level }: Finding): boolean {
  return level === 'error' && LOST.test(rule);
}

const LOST = /^(section-|second-document|bare-list|list-splits|data-only)/;

/** Mappings that a record tells of and that are not in force: their stacks write them again. */
function recordedElsewhere({ cluster }: RecoveryFacts, { annotations = {} }: ReadAwsAuth): string {
  const records = undefinedIfRefused(() => readOwnership(annotations)) ?? new Map<string, EntryRecord>();
  const inForce = new Set(
    identitiesOf(cluster)
      .filter(({ standing }) => standing !== 'not in force')
      .map(({ principal }) => principalKeyOf(principal)),
  );
  const lost = [...records].filter(([key]) => !inForce.has(principalKeyOf(key)));
  const stacks = new Set(lost.map(([, { owner }]) => stackName(owner.stackId)));
  if (lost.length === 0) return '';
  return `Records name ${lost.length} ${lost.length === 1 ? 'mapping' : 'mappings'} of ${listOf([...stacks].map((stack) => `stack ${stack}`))} that ${lost.length === 1 ? 'is' : 'are'} not in force: once the text can be read, an Update with another Revision writes them again.`;
}

function fromCopy(): readonly RecoveryStep[] {
  return [
    {
      command: 'kubectl get configmaps -n kube-system -o name',
      about: 'aws-auth.before-DIGEST is the copy that eks-access migrate has made',
    },
    {
      command: `kubectl patch configmap aws-auth -n kube-system --type merge -p "{\\"data\\": $(kubectl get configmap aws-auth.before-DIGEST -n kube-system -o jsonpath='{.data}')}"`,
      about: 'puts the copy back',
    },
  ];
}
