/** The first lines of every face: how many get in, how many do not, and what could not be seen. Pure. */
import { type Finding } from './finding';
import { type Identity } from './identity';
import { type SeenCluster } from './seen-cluster';
import { unreadSentences } from './unread';

/** `4 identities and 1 whole account can log in. 5 entries are not in force.` */
export function headlineOf(
  identities: readonly Pick<Identity, 'principal' | 'standing'>[],
  { mode }: SeenCluster,
): string {
  const counting = identities.filter(({ standing }) => standing !== 'not in force');
  if (identities.length === 0)
    return mode === 'CONFIG_MAP'
      ? "Nobody is mapped in aws-auth. In mode CONFIG_MAP only the cluster's creator can log in."
      : 'Nobody is mapped.';
  const accounts = counting.filter(({ principal }) => /^\d{12}$/.test(principal)).length;
  const left = identities.length - counting.length;
  const who = [
    ...(counting.length > accounts || accounts === 0
      ? [counted(counting.length - accounts, 'identity', 'identities')]
      : []),
    ...(accounts === 0 ? [] : [counted(accounts, 'whole account', 'whole accounts')]),
  ].join(' and ');
  const rest = `${counted(left, 'entry is', 'entries are')} not in force.`;
  return left === 0 ? `${who} can log in.` : `${who} can log in. ${rest}`;
}

/** `4 errors, 2 warnings`, `no problems`. */
export function countOf(findings: readonly Finding[]): string {
  const count = (level: Finding['level']): number => findings.filter((each) => each.level === level).length;
  const parts = [
    [count('error'), 'error', 'errors'],
    [count('warn'), 'warning', 'warnings'],
    [count('info'), 'note', 'notes'],
  ] as const;
  const told = parts
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => counted(number, one, many));
  return told.length === 0 ? 'no problems' : told.join(', ');
}

/** What was not seen, and what that leaves open; one sentence each, none where all was seen. */
export function unseenOf({
  mode,
  awsAuth,
  accessEntries,
  bindingsMissing,
  unread = [],
}: SeenCluster): readonly string[] {
  const sentences = [...unreadSentences(unread)];
  if (awsAuth?.state === 'unreadable' && mode !== 'API')
    sentences.push(`aws-auth could not be read (${awsAuth.why}): who gets in by it is not known.`);
  if (awsAuth?.state === 'absent')
    sentences.push(
      mode === 'API'
        ? 'There is no aws-auth ConfigMap; the cluster uses access entries only.'
        : 'There is no aws-auth ConfigMap: it maps nobody.',
    );
  if (accessEntries?.state === 'unreadable' && mode !== 'CONFIG_MAP')
    sentences.push(
      `Access entries could not be read (${accessEntries.why}): they may override what aws-auth says.`,
    );
  if (accessEntries === undefined && mode === 'API_AND_CONFIG_MAP')
    sentences.push('Access entries were not looked at: they may override what aws-auth says.');
  if (accessEntries === undefined && mode === 'API')
    sentences.push('Access entries were not looked at, which alone decide in mode API.');
  if (arePoliciesUnseen({ mode, accessEntries }) && !unread.some(({ what }) => what === 'access policies'))
    sentences.push(
      'Access policies were not seen: hand over what aws eks list-associated-access-policies prints as well.',
    );
  if (bindingsMissing !== undefined)
    sentences.push(
      `${bindingsMissing} were not seen, which may name more: kubectl get clusterrolebindings,rolebindings -A -o yaml`,
    );
  return sentences;
}

/** An entry for people, or for nodes of Auto Mode; the others have none. */
export function mayHavePolicies(type: string): boolean {
  return type === 'STANDARD' || type === 'EC2';
}

/** Of an entry that may have some. */
export function arePoliciesUnseen({
  mode,
  accessEntries,
}: Pick<SeenCluster, 'mode' | 'accessEntries'>): boolean {
  if (mode === 'CONFIG_MAP' || accessEntries?.state !== 'read') return false;
  return accessEntries.entries.some(({ type, policies }) => mayHavePolicies(type) && policies === undefined);
}

/** Whether something that decides who gets in, or with what, could not be read. */
export function isPartial({ mode, awsAuth, accessEntries, unread = [] }: SeenCluster): boolean {
  return (
    (awsAuth?.state === 'unreadable' && mode !== 'API') ||
    (accessEntries?.state === 'unreadable' && mode !== 'CONFIG_MAP') ||
    unread.some(({ what }) => !what.endsWith('roles'))
  );
}

function counted(number: number, one: string, many: string): string {
  return `${number === 0 ? 'No' : number} ${number === 1 || number === 0 ? one : many}`;
}
