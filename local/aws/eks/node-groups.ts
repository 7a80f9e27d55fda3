/**
 * ListNodegroups, DescribeNodegroup, ListFargateProfiles, DescribeFargateProfile: one node group for each role of
 * managed nodes, and one profile for each role of Fargate, which have the names of their roles.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
 */
import { authorize, eksArn, label, page, requireCluster, type Call } from './call';
import { EksError } from './eks-error';

export function listNodegroups(call: Call): unknown {
  const name = label(call, 0);
  authorize(call, 'eks:ListNodegroups', eksArn(call.world, `cluster/${name}`));
  const { items, nextToken } = page(call.query, requireCluster(call, name).managedNodeRoles.map(nameOf));
  return { nodegroups: items, ...(nextToken ? { nextToken } : {}) };
}

export function describeNodegroup(call: Call): unknown {
  const [clusterName, name] = [label(call, 0), label(call, 1)];
  const arn = eksArn(call.world, `nodegroup/${clusterName}/${name}`);
  authorize(call, 'eks:DescribeNodegroup', `${arn}/*`);
  const cluster = requireCluster(call, clusterName);
  const nodeRole = cluster.managedNodeRoles.find((role) => nameOf(role) === name);
  if (nodeRole === undefined)
    throw new EksError('ResourceNotFoundException', `No node group found for name: ${name}.`);
  const { createdAt } = cluster;
  return {
    nodegroup: {
      nodegroupName: name,
      nodegroupArn: `${arn}/00000000-0000-0000-0000-000000000000`,
      clusterName,
      status: 'ACTIVE',
      nodeRole,
      amiType: 'AL2023_x86_64_STANDARD',
      createdAt: createdAt / 1000,
      modifiedAt: createdAt / 1000,
    },
  };
}

export function listFargateProfiles(call: Call): unknown {
  const name = label(call, 0);
  authorize(call, 'eks:ListFargateProfiles', eksArn(call.world, `cluster/${name}`));
  const { items, nextToken } = page(call.query, requireCluster(call, name).fargateRoles.map(nameOf));
  return { fargateProfileNames: items, ...(nextToken ? { nextToken } : {}) };
}

export function describeFargateProfile(call: Call): unknown {
  const [clusterName, name] = [label(call, 0), label(call, 1)];
  const arn = eksArn(call.world, `fargateprofile/${clusterName}/${name}`);
  authorize(call, 'eks:DescribeFargateProfile', `${arn}/*`);
  const cluster = requireCluster(call, clusterName);
  const podExecutionRoleArn = cluster.fargateRoles.find((role) => nameOf(role) === name);
  if (podExecutionRoleArn === undefined)
    throw new EksError('ResourceNotFoundException', `No Fargate Profile found with name: ${name}.`);
  return {
    fargateProfile: {
      fargateProfileName: name,
      fargateProfileArn: `${arn}/00000000-0000-0000-0000-000000000000`,
      clusterName,
      status: 'ACTIVE',
      podExecutionRoleArn,
      createdAt: cluster.createdAt / 1000,
    },
  };
}

function nameOf(role: string): string {
  return role.slice(role.lastIndexOf('/') + 1);
}
