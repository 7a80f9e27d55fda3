/** The commands of a recovery, word by word, as a POSIX shell reads them. Pure. */
import { partitionOf } from '../aws/partition';
import { quoted } from '../explain/rights';
import { type RecoveryFacts, type RecoveryStep } from './recovery';

/** `aws OPERATION --name value …`, with Region and profile where they are known. */
export function awsStep(
  { region, profile }: Pick<RecoveryFacts, 'region' | 'profile'>,
  operation: string,
  options: Readonly<Record<string, string>>,
  about = '',
): RecoveryStep {
  return { command: ['aws', operation, ...wordsOf({ ...options, region, profile })].join(' '), about };
}

export function eksAccessStep(
  { cluster, region, profile }: RecoveryFacts,
  verb: string,
  options: Readonly<Record<string, string>>,
  about: string,
): RecoveryStep {
  const words = wordsOf({ cluster: clusterOf(cluster), region, profile, ...options });
  return { command: ['eks-access', verb, ...words].join(' '), about };
}

export function clusterOf({ name }: RecoveryFacts['cluster']): string {
  return name ?? 'CLUSTER';
}

/** Who is to get in: as it was asked, else the caller's own role, else a placeholder. */
export function adminOf({ admin, caller }: Pick<RecoveryFacts, 'admin' | 'caller'>): string {
  return admin ?? roleOf(caller) ?? 'ROLE_ARN';
}

/** A session does not tell the path of its role, which those of IAM Identity Center always have. */
function roleOf(caller: string | undefined): string | undefined {
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(caller ?? '');
  if (session === null) return caller?.includes(':iam::') === true ? caller : undefined;
  const [, partition = '', account = '', name = ''] = session;
  return name.startsWith('AWSReservedSSO_') ? undefined : `arn:${partition}:iam::${account}:role/${name}`;
}

export function adminPolicyArn({ region }: Pick<RecoveryFacts, 'region'>, admin: string): string {
  const [, partition] = /^arn:([^:]+):/.exec(admin) ?? [];
  return `arn:${partition ?? partitionOf(region ?? '')}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
}

/** How the new administrator logs in. */
export function loginSteps(
  facts: Pick<RecoveryFacts, 'cluster' | 'region' | 'profile'>,
  admin: string,
): readonly RecoveryStep[] {
  const name = clusterOf(facts.cluster);
  const role = /:user\//.test(admin) ? {} : { 'role-arn': admin };
  return [
    awsStep(facts, 'eks update-kubeconfig', { name, ...role }, 'writes the kubeconfig, and proves nothing'),
    { command: 'kubectl auth whoami', about: 'proves it: the answer is a user name, and not Unauthorized' },
  ];
}

/** Of an entry that has been made: before its end, by hand. */
export function endStep(
  facts: Pick<RecoveryFacts, 'cluster' | 'region' | 'profile'>,
  admin: string,
): RecoveryStep {
  const entry = { 'cluster-name': clusterOf(facts.cluster), 'principal-arn': admin };
  const about = 'ends it now; without a provider that serves the cluster nothing else does';
  return awsStep(facts, 'eks delete-access-entry', entry, about);
}

/** An empty value is a flag. */
function wordsOf(options: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value === '' ? [`--${name}`] : [`--${name}`, quoted(value)];
  });
}
