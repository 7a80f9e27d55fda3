/** What EKS says of the cluster: its mode, its role and where its Kubernetes API is (GT-65, GT-107). */
import { partsOfArn } from '../../access/arn';
import { DescribeClusterCommand, ListClustersCommand } from '@aws-sdk/client-eks';
import { type ClusterPlatform } from '../../access/authentication-mode/port';
import { closest } from '../../access/closest';
import { type AuthenticationMode } from '../../access/desired-access';
import { Problem } from '../problem';
import { isNamed, whyOf } from './refusal';
import { type Session, within } from './session';

export interface DescribedCluster {
  readonly arn: string;
  readonly accountId: string;
  readonly mode: AuthenticationMode;
  /** `ACTIVE`, `UPDATING`, …; empty where EKS does not tell. */
  readonly status: string;
  readonly roleArn: string | undefined;
  /** Empty while the cluster is being made. */
  readonly endpoint: string;
  /** Base64. */
  readonly certificateAuthority: string;
  readonly platform: ClusterPlatform;
  /** ARN of the stack that made it, or the name of a tool; undefined where no tag tells. */
  readonly madeBy: string | undefined;
}

/** Throws Problem where there is no such cluster. */
export async function describeCluster(
  name: string,
  session: Session,
): Promise<DescribedCluster | { readonly why: string }> {
  try {
    const { cluster } = await within(session, (abortSignal) =>
      session.eks.send(new DescribeClusterCommand({ name }), { abortSignal }),
    );
    const arn = cluster?.arn ?? '';
    return {
      arn,
      accountId: partsOfArn(arn).accountId,
      mode: cluster?.accessConfig?.authenticationMode ?? 'CONFIG_MAP',
      status: cluster?.status ?? '',
      roleArn: cluster?.roleArn,
      endpoint: cluster?.endpoint ?? '',
      certificateAuthority: cluster?.certificateAuthority?.data ?? '',
      platform: {
        version: cluster?.version ?? '',
        platformVersion: cluster?.platformVersion ?? '',
        isOnOutpost: cluster?.outpostConfig !== undefined,
      },
      madeBy: makerOf(cluster?.tags ?? {}),
    };
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) throw await noSuchCluster(name, session);
    return { why: whyOf(error, `eks:DescribeCluster on cluster ${name}`) };
  }
}

function makerOf(tags: Readonly<Record<string, string>>): string | undefined {
  if (tags['alpha.eksctl.io/cluster-name'] !== undefined) return 'eksctl';
  return tags['aws:cloudformation:stack-id'];
}

async function noSuchCluster(name: string, session: Session): Promise<Problem> {
  const message = `There is no cluster ${JSON.stringify(name)} in ${session.region}.`;
  try {
    const { clusters = [] } = await within(session, (abortSignal) =>
      session.eks.send(new ListClustersCommand({}), { abortSignal }),
    );
    const meant = closest(name, clusters);
    if (meant !== undefined) return new Problem(message, `Did you mean ${meant}?`);
    return new Problem(
      message,
      clusters.length === 0
        ? 'There are none: look at --region and --profile.'
        : `There are ${clusters.slice(0, 8).join(', ')}${clusters.length > 8 ? ', …' : ''}.`,
    );
  } catch {
    // Nobody who may not list clusters is told their names.
    return new Problem(message, 'Look at --region and --profile.');
  }
}
