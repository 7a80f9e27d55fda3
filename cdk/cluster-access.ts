/** The provider's own way into a cluster, needed where it edits aws-auth (GT-63). */
import { Annotations, Aws, CfnOutput, type IResource, Names, Stack, Token } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import { type Construct } from 'constructs';
import { AWS_AUTH, PROVIDER_GROUP, RBAC_MANIFEST } from '../access/contract';
import { checkCluster, checkOptions } from './checks/calls';
import { warnOfPrivateEndpoint } from './checks/neighbours';
import { authenticationModeOf } from './cluster-mode';
import { doorOf } from './door';
import { environmentProblem } from './checks/same-environment';
import { type AllowClusterOptions } from './provider-interface';
import { WaysIn } from './ways-in';

const OF_A_CLUSTER = {
  what: 'the stack of the cluster',
  region: 'a provider serves the clusters of its own Region only',
  account: 'a provider serves the clusters of its own account only',
};

const OPTIONS: readonly (keyof AllowClusterOptions)[] = ['awsAuth', 'configMapOnly'];
const AWS_AUTH_WAYS = ['rbac', 'policy'];

/** A provider as it is let in. */
export interface Entrant {
  readonly construct: Construct & IResource;
  readonly serviceToken: string;
  readonly roleArn: string;
  /** The role's ARN as a shell of the reader gets it, in an output of this stack. */
  readonly roleArnInShell: (stack: Stack) => string;
}

export function allowCluster(
  provider: Entrant,
  cluster: eks.IClusterRef,
  options: AllowClusterOptions,
): void {
  const { construct } = provider;
  checkCluster(construct, 'allowCluster', cluster);
  checkOptions(construct, 'allowCluster', options, OPTIONS);
  const { clusterName } = cluster.clusterRef;
  const awsAuth = options.awsAuth ?? 'rbac';
  const mode = options.configMapOnly ? 'CONFIG_MAP' : authenticationModeOf(cluster);
  const configMapOnly = options.configMapOnly ?? mode === 'CONFIG_MAP';
  const door = doorOf(provider.serviceToken, clusterName, cluster);
  const known = WaysIn.of(construct).find(door);
  const problem =
    environmentProblem(construct, Stack.of(cluster), OF_A_CLUSTER) ??
    problemOf(awsAuth, configMapOnly ? 'CONFIG_MAP' : mode, known?.awsAuth);
  if (problem !== undefined)
    throw new Error(`${construct.node.path}: allowCluster of ${readable(clusterName)}: ${problem}`);
  const clusterSite = cluster as eks.IClusterRef & Construct;
  warnOfPrivateEndpoint(clusterSite, cluster, construct);
  const ids = {
    atProvider: `Access${Token.isUnresolved(clusterName) ? Names.nodeUniqueId(cluster.node) : clusterName}`,
    atCluster: `EksAccess${Names.nodeUniqueId(construct.node)}`,
  };
  if (configMapOnly) return tellCommand(provider, clusterSite, clusterName, ids);
  if (known !== undefined) return;
  WaysIn.of(construct).add({
    ...door,
    providerSite: construct,
    clusterSite,
    ids,
    awsAuth,
    entry: {
      clusterName,
      principalArn: provider.roleArn,
      kubernetesGroups: [PROVIDER_GROUP],
      ...(awsAuth === 'policy' ? { accessPolicies: [editOfAwsAuth()] } : {}),
    },
  });
}

function problemOf(
  awsAuth: string,
  mode: string | undefined,
  before: string | undefined,
): string | undefined {
  if (!AWS_AUTH_WAYS.includes(awsAuth))
    return `awsAuth is ${JSON.stringify(awsAuth)}: give ${AWS_AUTH_WAYS.join(' or ')}`;
  if (before !== undefined && before !== awsAuth)
    return `it was called before with awsAuth "${before}", and now with "${awsAuth}": give one of the two`;
  if (awsAuth === 'policy' && mode === 'CONFIG_MAP')
    return 'awsAuth is "policy", and a cluster of mode CONFIG_MAP has no access entries: leave awsAuth out, and map the role with the command in the output';
  if (awsAuth === 'policy' && mode === 'API')
    return 'awsAuth is "policy", and a cluster of mode API does not read aws-auth: leave awsAuth out';
  return undefined;
}

/** The least of the access policies that may write ConfigMaps, in the one namespace (GT-63). */
function editOfAwsAuth(): eks.CfnAccessEntry.AccessPolicyProperty {
  return {
    policyArn: `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/AmazonEKSEditPolicy`,
    accessScope: { type: 'namespace', namespaces: [AWS_AUTH.namespace] },
  };
}

const readable = (text: string): string => (Token.isUnresolved(text) ? 'CLUSTER' : text);

/** In the cluster's stack, like the access entry; without a reference to the provider's, so that no circle can close. */
function tellCommand(
  provider: Entrant,
  cluster: Construct,
  clusterName: string,
  ids: { readonly atProvider: string; readonly atCluster: string },
): void {
  const stack = Stack.of(cluster);
  const [site, id] =
    stack === Stack.of(provider.construct) ? [provider.construct, ids.atProvider] : [cluster, ids.atCluster];
  if (site.node.tryFindChild(id)) return;
  new CfnOutput(site, id, {
    description: `Run once, after kubectl apply -f ${RBAC_MANIFEST}`,
    value: `eksctl create iamidentitymapping --cluster ${clusterName} --region ${stack.region} --arn ${provider.roleArnInShell(stack)} --username ${PROVIDER_GROUP} --group ${PROVIDER_GROUP}`,
  });
  Annotations.of(site).addWarningV2(
    `cfn-eks-access:map-provider:${provider.construct.node.id}:${id}`,
    `the cluster ${readable(clusterName)} reads aws-auth only, where no CloudFormation resource can let the provider in: after the deployment run kubectl apply -f ${RBAC_MANIFEST} and the command in the output ${id}`,
  );
}
