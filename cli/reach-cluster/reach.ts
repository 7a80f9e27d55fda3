/**
 * All that a live cluster shows of who gets in, each source by itself: what cannot be read says why, and the rest is
 * read all the same.
 */
import { type AuthenticationMode } from '../../access/desired-access';
import {
  type SeenAccessEntries,
  type SeenIdentityProvider,
  type SeenNodeRole,
  type SeenRole,
  type Unread,
} from '../../access/explain/seen-cluster';
import { type LiveOptions } from '../live-options';
import { readAccessEntries } from './access-entries';
import { readAwsAuth, type ReachedAwsAuth } from './aws-auth';
import { readBindings, type ReadBindings } from './bindings';
import { callerIdentity } from './caller';
import { describeCluster, type DescribedCluster } from './describe-cluster';
import { kubernetesOf, kubernetesOfFile } from './kubernetes';
import { readIdentityProviders } from './identity-providers';
import { readNodeRoles } from './node-roles';
import { readRoles, type RolesAsked } from './roles';
import { openSession, type Session } from './session';

/** What a command has from elsewhere already, and what it does not need. */
export interface Wanted {
  readonly awsAuth: boolean;
  readonly accessEntries: boolean;
  readonly bindings: boolean;
  readonly identityProviders: boolean;
}

export interface Reached {
  readonly name: string;
  readonly region: string;
  /** Undefined where EKS did not describe it. */
  readonly described: DescribedCluster | undefined;
  /** Undefined where nothing tells. */
  readonly mode: AuthenticationMode | undefined;
  /** Undefined where it is not wanted, or not read in the cluster's mode. */
  readonly awsAuth: ReachedAwsAuth | undefined;
  readonly accessEntries: SeenAccessEntries | undefined;
  readonly nodeRoles: readonly SeenNodeRole[] | undefined;
  /** Undefined where they are not wanted. */
  readonly identityProviders: readonly SeenIdentityProvider[] | undefined;
  /** Undefined where it is not wanted. */
  readonly rbac: ReadBindings | undefined;
  /** Undefined where IAM was not to be asked, or could not be. */
  readonly roles: readonly SeenRole[] | undefined;
  readonly unread: readonly Unread[];
  /** For people: what they may not expect. */
  readonly notes: readonly string[];
}

/**
 * `say`: what is being done, for stderr. `opened`: undefined for a session of its own. Throws Problem where there is no
 * such cluster, or no Region is known.
 */
export async function reachCluster(
  options: LiveOptions,
  wanted: Wanted,
  say: (text: string) => void,
  opened?: Session,
): Promise<Reached> {
  const { cluster: name, kubeconfig } = options;
  const byFile = kubeconfig === undefined ? undefined : kubernetesOfFile(options);
  const session = opened ?? (await openSession(options));
  say(`asking EKS about ${name}, ${session.region} …`);
  const answer = await describeCluster(name, session);
  const described = 'why' in answer ? undefined : answer;
  const unread: Unread[] = 'why' in answer ? [{ what: 'cluster', why: answer.why }] : [];
  const isPlaced = described !== undefined && described.endpoint !== '';
  const kubernetes = byFile
    ? () => Promise.resolve(byFile)
    : isPlaced
      ? () => kubernetesOf(name, described, session)
      : undefined;
  const callerOf = () =>
    callerIdentity(session).then(
      ({ Arn }) => Arn,
      () => undefined,
    );
  const asksEntries = wanted.accessEntries && described?.mode !== 'CONFIG_MAP';
  const [awsAuth, entries, nodeRoles, providers, rbac] = await Promise.all([
    !wanted.awsAuth
      ? undefined
      : kubernetes === undefined
        ? ({ state: 'unreadable', why: NO_ENDPOINT } as const)
        : readAwsAuth(kubernetes, session, callerOf),
    asksEntries ? readAccessEntries(name, session, say) : undefined,
    readNodeRoles(name, session),
    wanted.identityProviders ? readIdentityProviders(name, session) : undefined,
    !wanted.bindings
      ? undefined
      : kubernetes === undefined
        ? { bindings: [], roles: [], why: NO_ENDPOINT }
        : readBindings(kubernetes, session),
  ]);
  const roles =
    options.asksIam && described !== undefined
      ? await readRoles(rolesAsked(entries?.entries, awsAuth, described), session)
      : undefined;
  if (roles !== undefined && 'why' in roles) unread.push({ what: 'roles', why: roles.why });
  if ('why' in nodeRoles) unread.push({ what: 'node roles', why: nodeRoles.why });
  if (providers !== undefined && 'why' in providers)
    unread.push({ what: 'identity providers', why: providers.why });
  if (rbac?.why !== undefined) unread.push({ what: 'bindings', why: rbac.why });
  if (entries?.policies !== undefined) unread.push({ what: 'access policies', why: entries.policies });
  return {
    name,
    region: session.region,
    described,
    // EKS refuses to list entries in this mode alone.
    mode: described?.mode ?? (asksEntries && entries === undefined ? 'CONFIG_MAP' : undefined),
    awsAuth,
    accessEntries: entries?.entries,
    nodeRoles: 'why' in nodeRoles ? undefined : nodeRoles,
    identityProviders: providers === undefined || 'why' in providers ? undefined : providers,
    rbac,
    roles: roles === undefined || 'why' in roles ? undefined : roles,
    unread,
    notes: notesOf(byFile?.server, described),
  };
}

/** Of aws-auth only roles of IAM Identity Center matter: its text is not read here. */
function rolesAsked(
  entries: SeenAccessEntries | undefined,
  awsAuth: ReachedAwsAuth | undefined,
  { accountId }: DescribedCluster,
): RolesAsked {
  const principals = entries?.state === 'read' ? entries.entries.map(({ principalArn }) => principalArn) : [];
  const texts = awsAuth?.state === 'read' ? [...principals, awsAuth.text] : principals;
  return { principals, accountId, ofSets: texts.some((text) => text.includes('AWSReservedSSO_')) };
}

const NO_ENDPOINT = 'EKS did not say where its Kubernetes API is; --kubeconfig does';

function notesOf(server: string | undefined, described: DescribedCluster | undefined): readonly string[] {
  if (server === undefined || described === undefined || described.endpoint === '') return [];
  const isSame = server.replace(/\/$/, '').toLowerCase() === described.endpoint.toLowerCase();
  return isSame
    ? []
    : [`The kubeconfig reaches ${server}, and EKS says that the cluster is at ${described.endpoint}.`];
}
