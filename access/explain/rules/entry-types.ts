/** Access entries of a type by which their principal does not get what it needs (GT-80 to GT-83, GT-92, GT-98). */
import { isNodeMapping } from '../../aws-auth/reading/entries';
import { type Fix } from '../finding';
import { isForNodes, neededTypeOf, type NeededType, overriddenIn } from '../node-type';
import { type SeenAccessEntry, type SeenCluster } from '../seen-cluster';
import { isStale, type View } from '../view';
import { permissionSetOf, principalKeyOf, whoOf } from '../who';
import { type WrittenEntry } from '../written';
import { type Draft } from './draft';

export function* entryTypeRules(view: View): Generator<Draft> {
  const overridden = overriddenIn(view);
  for (const entry of view.accessEntries) {
    if (isStale(view.cluster, entry)) continue;
    const written = overridden.get(principalKeyOf(entry.principalArn));
    const needed = neededTypeOf(view, entry, written);
    if (needed !== undefined) yield ofNodes(view.cluster, entry, needed, written);
    else if (isForNodes(entry)) yield* ofOthers(view.cluster, entry, written);
  }
}

function ofNodes(
  { name }: SeenCluster,
  entry: SeenAccessEntry,
  { type, isKnown }: NeededType,
  written: WrittenEntry | undefined,
): Draft {
  const { principalArn: principal, type: given, groups, policies = [] } = entry;
  const isFargate = type === 'FARGATE_LINUX';
  const what = isFargate ? 'a pod execution role' : 'a role of nodes';
  const effect = isFargate
    ? 'Its pods do not start'
    : given === 'EC2_LINUX'
      ? 'kube-proxy of its Windows nodes does not work'
      : 'Its nodes do not become ready';
  return {
    rule: 'node-entry-type',
    level: isKnown ? undefined : 'warn',
    entry: written,
    principal,
    sentence: `${whoOf(principal)} ${isKnown ? 'is' : 'looks like'} ${what}, and its access entry has type ${given}, not ${type}.`,
    effect: `${effect}${written === undefined ? '' : ': the access entry counts instead of this one'}.`,
    fix: madeAgain(
      name,
      principal,
      type,
      given === 'STANDARD' && groups.length + policies.length > 0
        ? 'people who use the role lose what the entry gives them'
        : undefined,
    ),
  };
}

/** For people, who are no instances, or for nodes of Auto Mode. */
function* ofOthers(
  { name }: SeenCluster,
  { principalArn: principal, type }: SeenAccessEntry,
  written: WrittenEntry | undefined,
): Generator<Draft> {
  const who = whoOf(principal);
  if (permissionSetOf(principal) !== undefined || isOfPeople(written))
    yield {
      rule: 'node-username-on-person',
      entry: written,
      principal,
      sentence: `${who} has an access entry of type ${type}, which is for nodes.`,
      effect: type.startsWith('EC2_')
        ? `${who} cannot log in: the session is no instance id (i-…).`
        : `${who} logs in as a node that does not exist.`,
      fix: madeAgain(name, principal, 'STANDARD', 'then give it groups or an access policy'),
    };
}

function isOfPeople(written: WrittenEntry | undefined): boolean {
  return written?.loaded !== undefined && !isNodeMapping(written.loaded);
}

function madeAgain(
  cluster: string | undefined,
  principal: string,
  type: string,
  note: string | undefined,
): Fix {
  const which = `--cluster-name ${cluster ?? 'CLUSTER'} --principal-arn ${principal}`;
  const text = `aws eks delete-access-entry ${which}\naws eks create-access-entry ${which} --type ${type}`;
  return { text, note, splices: [], givesAccess: true };
}
