/** From the labels of a call to the entry they name, with every check that comes before. */
import { authorize, eksArn, label, optionalString, optionalStrings, requireCluster, type Call } from './call';
import { type ClusterState, type EntryState } from './cluster-state';
import { EksError, entryNotFound } from './eks-error';
import { readPrincipal, type PrincipalShape } from './entry-rules';

/** The entry that the second label names, after every check that comes before it; `check` needs no cluster. */
export function requireEntry(
  call: Call,
  action: string,
  check: (principal: PrincipalShape) => void = () => undefined,
  context: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): { cluster: ClusterState; entry: EntryState } {
  const clusterName = label(call, 0);
  const principalArn = label(call, 1);
  const known = call.world.clusters.get(clusterName)?.entries.get(principalArn);
  const resource =
    known?.accessEntryArn ??
    eksArn(call.world, `access-entry/${clusterName}/${principalResource(principalArn)}/none`);
  authorize(call, action, resource, {
    'eks:principalArn': principalArn,
    'eks:clusterName': clusterName,
    'eks:accessEntryType': known?.type,
    'eks:username': optionalString(call.body, 'username') ?? known?.username,
    'eks:kubernetesGroups': optionalStrings(call.body, 'kubernetesGroups') ?? known?.kubernetesGroups,
    ...Object.fromEntries(
      Object.entries(known?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
    ),
    ...context,
  });
  check(readPrincipal(principalArn));
  const cluster = requireAccessEntries(requireCluster(call, clusterName));
  const entry = cluster.entries.get(principalArn);
  if (!entry) throw entryNotFound();
  return { cluster, entry };
}

/** GT-103. */
export function requireAccessEntries(cluster: ClusterState): ClusterState {
  if (cluster.authenticationMode !== 'CONFIG_MAP') return cluster;
  throw new EksError(
    'InvalidRequestException',
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
  );
}

/** Type, account and name of the principal as the ARN of its entry has them; `*` for what is not known. */
export function principalResource(principalArn: string): string {
  const [, accountId = '*', type = '*', name = '*'] =
    /^arn:[^:]*:iam::([0-9]{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(principalArn) ?? [];
  return `${type}/${accountId}/${name}`;
}
