/** CreateCluster, DescribeCluster, ListClusters, DeleteCluster. */
import {
  authorize,
  eksArn,
  label,
  optionalObject,
  optionalString,
  optionalStrings,
  page,
  requireCluster,
  type Call,
} from './call';
import { readOnce } from './background';
import { readMode } from './cluster-updates';
import { type ClusterState } from './cluster-state';
import { EksError, invalidParameter } from './eks-error';
import { readTags } from './tag-rules';

/** The small part that access needs; the caller becomes the creator. Starts out CREATING. */
export async function createCluster(call: Call): Promise<unknown> {
  const name = optionalString(call.body, 'name') ?? '';
  const accessConfig = optionalObject(call.body, 'accessConfig') ?? {};
  authorize(call, 'eks:CreateCluster', eksArn(call.world, `cluster/${name}`));
  // GT-72.
  if (!/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(name))
    throw invalidParameter(`The cluster name ${name} is not valid`);
  const version = readVersion(call.body);
  const subnetIds = readSubnets(call.body);
  if (call.world.clusters.has(name))
    throw new EksError('ResourceInUseException', `Cluster already exists with name: ${name}`);
  const bootstrap = accessConfig['bootstrapClusterCreatorAdminPermissions'] !== false;
  // GT-102: clusters made through the API start out with aws-auth alone.
  const authenticationMode = readMode(accessConfig) ?? 'CONFIG_MAP';
  // Nobody could ever get in. The words are those of EKS (terraform-aws-modules/terraform-aws-eks#3026).
  if (!bootstrap && authenticationMode === 'CONFIG_MAP') {
    throw invalidParameter(
      'bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP',
    );
  }
  const cluster = await call.world.launch({
    name,
    authenticationMode,
    creatorArn: bootstrap ? call.caller.principalArn : undefined,
    roleArn: optionalString(call.body, 'roleArn') ?? '',
    managedNodeRoles: [],
    version,
    subnetIds,
    tags: readTags(call.body),
    status: 'CREATING',
  });
  return { cluster: view(cluster) };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html; the words: aws/containers-roadmap#2597. */
function readVersion(body: Call['body']): string | undefined {
  const version = optionalString(body, 'version');
  if (version === undefined || /^1\.\d\d$/.test(version)) return version;
  throw invalidParameter(`unsupported Kubernetes version ${version}`);
}

/**
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html; the words: awsdocs/amazon-eks-user-guide#795. Zones are
 * not known here; one subnet has one. Outposts have one zone.
 */
function readSubnets(body: Call['body']): readonly string[] {
  const network = optionalObject(body, 'resourcesVpcConfig') ?? {};
  const subnetIds = optionalStrings(network, 'subnetIds') ?? [];
  if (body['outpostConfig'] === undefined && new Set(subnetIds).size < 2)
    throw invalidParameter('Subnets specified must be in at least two different AZs');
  return subnetIds;
}

export function describeCluster(call: Call): unknown {
  const name = label(call, 0);
  authorize(call, 'eks:DescribeCluster', eksArn(call.world, `cluster/${name}`));
  const cluster = requireCluster(call, name);
  readOnce(call.world, cluster);
  return { cluster: view(requireCluster(call, name)) };
}

export function listClusters(call: Call): unknown {
  authorize(call, 'eks:ListClusters', '*');
  const { items, nextToken } = page(call.query, [...call.world.clusters.keys()]);
  return { clusters: items, ...(nextToken ? { nextToken } : {}) };
}

export function deleteCluster(call: Call): unknown {
  const name = label(call, 0);
  authorize(call, 'eks:DeleteCluster', eksArn(call.world, `cluster/${name}`));
  const cluster = requireCluster(call, name);
  if (cluster.status === 'CREATING' || cluster.status === 'UPDATING') {
    throw new EksError('ResourceInUseException', `Cluster ${name} is currently ${cluster.status}`);
  }
  cluster.status = 'DELETING';
  cluster.readsLeft = call.world.consistency.updateReads;
  return { cluster: view(cluster) };
}

/** Endpoint and authority are not there yet while the cluster is being made. Times in seconds. */
function view(cluster: ClusterState): Record<string, unknown> {
  const reachable = cluster.status !== 'CREATING' && cluster.status !== 'PENDING';
  return {
    name: cluster.name,
    arn: cluster.arn,
    createdAt: cluster.createdAt / 1000,
    version: cluster.version,
    platformVersion: cluster.platformVersion,
    roleArn: cluster.roleArn,
    status: cluster.status,
    ...(reachable ? { endpoint: cluster.endpoint } : {}),
    certificateAuthority: reachable
      ? { data: Buffer.from(cluster.certificateAuthority).toString('base64') }
      : {},
    accessConfig: { authenticationMode: cluster.authenticationMode },
    resourcesVpcConfig: {
      subnetIds: cluster.subnetIds,
      securityGroupIds: [],
      endpointPublicAccess: true,
      endpointPrivateAccess: false,
    },
    tags: cluster.tags,
    ...(cluster.isLocal
      ? {
          id: cluster.arn,
          outpostConfig: { outpostArns: ['arn:aws:outposts:us-east-1:111122223333:outpost/op-0'] },
        }
      : {}),
  };
}
