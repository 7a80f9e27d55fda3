/** Roles of the nodes that EKS runs for the cluster: managed node groups and Fargate profiles. */
import {
  DescribeFargateProfileCommand,
  DescribeNodegroupCommand,
  ListFargateProfilesCommand,
  ListNodegroupsCommand,
} from '@aws-sdk/client-eks';
import { type SeenNodeRole } from '../../access/explain/seen-cluster';
import { atMost } from './at-most';
import { unlessGone, whyOf } from './refusal';
import { type Session, within } from './session';

const AT_ONCE = 8;

export type NodeRoles = readonly SeenNodeRole[] | { readonly why: string };

export async function readNodeRoles(clusterName: string, session: Session): Promise<NodeRoles> {
  try {
    return await within(session, async (signal) => {
      const [groups, profiles] = await Promise.all([
        nodeGroupRoles(clusterName, session, signal),
        fargateRoles(clusterName, session, signal),
      ]);
      return [...groups, ...profiles];
    });
  } catch (error) {
    const actions =
      'eks:ListNodegroups, eks:DescribeNodegroup, eks:ListFargateProfiles and eks:DescribeFargateProfile';
    return { why: whyOf(error, `${actions} on cluster ${clusterName}`) };
  }
}

async function nodeGroupRoles(
  clusterName: string,
  { eks }: Session,
  abortSignal: AbortSignal,
): Promise<readonly SeenNodeRole[]> {
  const names = await pages(async (nextToken) => {
    const page = await eks.send(new ListNodegroupsCommand({ clusterName, nextToken }), { abortSignal });
    return { names: page.nodegroups, nextToken: page.nextToken };
  });
  const found = await atMost(AT_ONCE, names, (nodegroupName) =>
    unlessGone<SeenNodeRole>(async () => {
      const command = new DescribeNodegroupCommand({ clusterName, nodegroupName });
      const { nodegroup } = await eks.send(command, { abortSignal });
      const type = nodegroup?.amiType?.startsWith('WINDOWS') === true ? 'EC2_WINDOWS' : 'EC2_LINUX';
      return { arn: nodegroup?.nodeRole ?? '', nodeGroup: nodegroupName, type };
    }),
  );
  return found.filter(hasRole);
}

async function fargateRoles(
  clusterName: string,
  { eks }: Session,
  abortSignal: AbortSignal,
): Promise<readonly SeenNodeRole[]> {
  const names = await pages(async (nextToken) => {
    const page = await eks.send(new ListFargateProfilesCommand({ clusterName, nextToken }), { abortSignal });
    return { names: page.fargateProfileNames, nextToken: page.nextToken };
  });
  const found = await atMost(AT_ONCE, names, (fargateProfileName) =>
    unlessGone<SeenNodeRole>(async () => {
      const command = new DescribeFargateProfileCommand({ clusterName, fargateProfileName });
      const { fargateProfile } = await eks.send(command, { abortSignal });
      const arn = fargateProfile?.podExecutionRoleArn ?? '';
      return { arn, nodeGroup: fargateProfileName, type: 'FARGATE_LINUX' };
    }),
  );
  return found.filter(hasRole);
}

async function pages(
  read: (nextToken: string | undefined) => Promise<{
    readonly names?: readonly string[] | undefined;
    readonly nextToken?: string | undefined;
  }>,
): Promise<readonly string[]> {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await read(nextToken);
    found.push(...(page.names ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

function hasRole(role: SeenNodeRole | undefined): role is SeenNodeRole {
  return role !== undefined && role.arn !== '';
}
