/** What to change so that a caller who is refused gets in, and the answer that it then has. Pure. */
import { quote } from '../aws-auth/editing/quote';
import { type Section, SECTIONS } from '../aws-auth/identity-mapping';
import { defaultUserName, parsePrincipalArn } from '../principal';
import { undefinedIfRefused } from '../errors';
import { NODE_IDENTITIES } from '../node-identity';
import { type Caller } from './caller';
import { changedLines } from './changed-lines';
import { explainCaller } from './explain-caller';
import { type Explanation, type Remedy } from './explanation';
import { type Finding } from './finding';
import { isHybridNode, isInstance } from './filled-in';
import { fixAll, isFixable, withTexts } from './fixing';
import { lookUp } from './lookup';
import { meantKeyOf } from './never-matches';
import { typeByName } from './node-type';
import { sectionsOf } from './read-aws-auth';
import { withOf } from './rights';
import { type SeenCluster } from './seen-cluster';
import { type View, viewOf } from './view';
import { permissionSetOf, principalKeyOf } from './who';

type Cure = Pick<Explanation, 'fix' | 'then'>;

export function remedyOf(view: View, caller: Caller): Cure {
  const repaired = repairedEntry(view, caller);
  if (repaired !== undefined) return repaired;
  // An entry that is in the way is for people to judge, and so is where the caller's own may be.
  const key = principalKeyOf(caller.canonical);
  const { awsAuth, mode } = view.cluster;
  const isThere =
    mode !== 'API' &&
    ((awsAuth?.state === 'read' && awsAuth.notes?.some(({ level }) => level === 'error')) === true ||
      view.written.sections.some(({ entries }) =>
        entries.some(({ loaded, principal }) => loaded === undefined && meantKeyOf(principal) === key),
      ));
  return lookUp(view, caller).place === 'nowhere' && !isThere
    ? { fix: addition(view.cluster, caller), then: undefined }
    : { fix: undefined, then: undefined };
}

/** The fixes of the entry that was meant for the caller, and of the section that it is in. */
function repairedEntry(view: View, caller: Caller): Cure | undefined {
  const { cluster } = view;
  const key = principalKeyOf(caller.canonical);
  const set = permissionSetOf(key)?.set;
  const inLost = new Set(
    view.written.sections.flatMap(({ section, entries }) =>
      entries.some((entry) => entry.loaded === undefined && isMeant(entry.principal)) ? [section] : [],
    ),
  );
  function isMeant(principal: string): boolean {
    const other = meantKeyOf(principal);
    return other === key || (set !== undefined && permissionSetOf(other)?.set === set);
  }
  const wants = ({ rule, at, principal, fix }: Finding): boolean =>
    fix?.givesAccess === true &&
    (principal === undefined
      ? at !== undefined && inLost.has(at.section)
      : isMeant(principal) && rule !== 'duplicate-shadowed');
  // The caller is there: its role exists.
  const roles = [...(cluster.roles ?? []), { arn: caller.canonical }];
  const { texts, applied } = fixAll({ ...cluster, roles }, wants);
  const [first] = applied;
  if (first === undefined || !isFixable(first)) return undefined;
  const after = explainCaller(viewOf(withTexts(cluster, texts)), caller);
  if (after.as === undefined) return undefined;
  const fix = rewrittenAs(cluster, texts);
  const { userName } = after.as;
  const name = userName === '' ? 'with an empty user name' : `as ${JSON.stringify(userName)}`;
  return { fix, then: `YES, ${name} ${withOf(after.as)}` };
}

/** All lines that change, as they then are: one of them alone would not let the caller in. */
function rewrittenAs(cluster: SeenCluster, texts: Remedy['texts']): Remedy {
  const sections = sectionsOf(cluster);
  const parts = SECTIONS.flatMap((section) => {
    const [seen, after] = [sections[section], texts[section]];
    if (seen === undefined || after === undefined) return [];
    const { start, lines } = changedLines(seen.text, after);
    return [{ line: seen.spanOf(start, start).from.line, lines }];
  });
  return { text: parts.flatMap(({ lines }) => lines).join('\n'), line: parts[0]?.line, texts };
}

/** The entry that is missing, in the place that the cluster reads; what it gives is for people to choose. */
function addition({ mode, name }: SeenCluster, { canonical, session }: Caller): Remedy | undefined {
  const principal = undefinedIfRefused(() => parsePrincipalArn(canonical, 'ARN'));
  if (principal === undefined || principal.type === 'root') return undefined;
  const isRole = principal.type === 'role';
  const type =
    session === undefined
      ? typeByName(canonical)
      : isInstance(session)
        ? 'EC2_LINUX'
        : isHybridNode(session)
          ? 'HYBRID_LINUX'
          : undefined;
  const node = type && NODE_IDENTITIES[type];
  if (mode === 'API' || mode === 'API_AND_CONFIG_MAP') {
    const arn = principal.name.startsWith('AWSReservedSSO_')
      ? canonical.replace('role/', 'role/aws-reserved/sso.amazonaws.com/REGION/')
      : canonical;
    const text = `aws eks create-access-entry --cluster-name ${name ?? 'CLUSTER'} --principal-arn ${arn} ${type === undefined ? '--kubernetes-groups GROUP' : `--type ${type}`}`;
    return { text, line: undefined, texts: {} };
  }
  const section: Section = isRole ? 'mapRoles' : 'mapUsers';
  const text = [
    `${section}:`,
    `- ${isRole ? 'rolearn' : 'userarn'}: ${quote(canonical)}`,
    `  username: ${quote(node?.userName ?? defaultUserName(principal))}`,
    `  groups: [${(node?.groups ?? ['GROUP']).map(quote).join(', ')}]`,
  ].join('\n');
  return { text, line: undefined, texts: {} };
}
