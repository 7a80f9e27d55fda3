/** A live cluster as what was seen of it; a file that is named takes the place of what it holds. */
import { type SeenAwsAuth } from '../../access/explain/seen-cluster';
import { type LiveOptions } from '../live-options';
import { Problem } from '../problem';
import { type Reached } from '../reach-cluster/reach-cluster';
import { accessEntriesIn } from '../../access/explain/input/access-entries';
import { awsAuthIn } from './aws-auth-text';
import { type Looked } from './looked';
import { rbacIn } from './rbac';
import { readText, readTexts, type TextSource, type Stdin } from './read-text';

/** Paths of files, or `-`. */
export interface Instead {
  readonly path: string | undefined;
  readonly accessEntries: string | undefined;
  readonly rbac: readonly string[];
  /** Whether the command tells of OIDC providers, which need permissions of their own. */
  readonly asksProviders: boolean;
}

/** In the place of a file of `--rbac`: what the cluster has. */
export const LIVE = 'live';

export async function lookLive(
  live: LiveOptions,
  instead: Instead,
  stdin: Stdin,
  say: (text: string) => void,
): Promise<Looked> {
  const file = instead.path === undefined ? undefined : await readText(instead.path, stdin);
  const entries =
    instead.accessEntries === undefined ? undefined : await readText(instead.accessEntries, stdin);
  const isLive = instead.rbac.includes(LIVE);
  const bindings = await readTexts(
    instead.rbac.filter((path) => path !== LIVE),
    stdin,
  );
  // Another file of the package: commands on files load none of it.
  const { reachCluster } = await import('../reach-cluster/reach-cluster');
  const wanted = {
    awsAuth: file === undefined,
    accessEntries: entries === undefined,
    bindings: isLive,
    identityProviders: instead.asksProviders,
  };
  const reached = await reachCluster(live, wanted, say);
  const source = file ?? sourceOf(reached);
  const cluster: Looked['cluster'] = {
    ...rbacIn(bindings, reached.rbac),
    name: reached.name,
    mode: reached.mode,
    clusterRole: reached.described?.roleArn,
    awsAuth: awsAuthOf(reached, source, file === undefined),
    accessEntries:
      entries === undefined
        ? reached.accessEntries
        : { state: 'read', entries: accessEntriesIn(entries.text, entries.name) },
    nodeRoles: reached.nodeRoles,
    identityProviders: reached.identityProviders,
    roles: reached.roles,
    unread: reached.unread,
  };
  refuseNothing(cluster);
  const files = [file, entries, ...bindings].flatMap((each) => (each === undefined ? [] : [each.name]));
  const name = [`${reached.name}, ${reached.region}`, ...files].join(' and ');
  const notes = [...(file?.note === undefined ? [] : [file.note]), ...reached.notes];
  const { described } = reached;
  return { cluster, source, name, path: undefined, live, described, notes };
}

function sourceOf({ name, awsAuth }: Reached): TextSource | undefined {
  if (awsAuth?.state !== 'read') return undefined;
  return { name: `aws-auth of ${name}`, text: awsAuth.text, note: undefined, mark: '' };
}

function awsAuthOf(
  { awsAuth }: Reached,
  source: TextSource | undefined,
  isLive: boolean,
): SeenAwsAuth | undefined {
  if (!isLive) return source && awsAuthIn(source);
  if (awsAuth?.state !== 'read') return awsAuth;
  const { managedFields, resourceVersion } = awsAuth;
  // A ConfigMap without data is there all the same, and maps nobody.
  const read = source && awsAuth.hasData ? awsAuthIn(source) : undefined;
  return { state: 'read', sections: {}, ...read, managedFields, resourceVersion };
}

/** Where no source answered there is nothing to tell. */
function refuseNothing({ name, awsAuth, accessEntries, unread = [] }: Looked['cluster']): void {
  const isRead = (source: { readonly state: string } | undefined): boolean =>
    source !== undefined && source.state !== 'unreadable';
  const [undescribed] = unread.filter(({ what }) => what === 'cluster');
  if (undescribed === undefined || isRead(awsAuth) || isRead(accessEntries)) return;
  throw new Problem(`Cannot look at cluster ${name}: ${undescribed.why}.`);
}
