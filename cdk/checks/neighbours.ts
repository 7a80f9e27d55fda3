/** What else the App does to a cluster that a mapping cannot live with: warnings, because it may be meant. */
import { Annotations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { type Construct, type IConstruct } from 'constructs';
import { type Place } from '../../access/place';
import { authenticationModeOf, isPrivate } from '../cluster-mode';
import { type IEksAccessProvider } from '../provider-interface';
import { knownProvider } from './known-providers';

/** CDK's `cluster.awsAuth` is a construct of this id; it is made when it is first used. */
const AWS_AUTH_ID = 'AwsAuth';

/** `places`: where the mapping may come to live. */
export function warnOfNeighbours(
  mapping: Construct,
  cluster: eks.IClusterRef,
  provider: IEksAccessProvider,
  places: readonly Place[],
): void {
  if (places.includes('CONFIG_MAP')) warnOfAwsAuthManifest(mapping, cluster);
  warnOfPrivateEndpoint(mapping, cluster, provider);
}

/** The manifest of `cluster.awsAuth` is the whole ConfigMap, written over what is there (aws/aws-cdk#19218). */
function warnOfAwsAuthManifest(mapping: Construct, cluster: eks.IClusterRef): void {
  if (!(cluster instanceof eks.Cluster)) return;
  // Only at the end is it known; `cluster.awsAuth` must not be asked, because that makes it.
  const warn = (): void => {
    if (cluster.node.tryFindChild(AWS_AUTH_ID) === undefined) return;
    Annotations.of(mapping).addWarningV2(
      'cfn-eks-access:aws-auth-manifest',
      `cluster.awsAuth of ${cluster.node.path} is used as well, by the App or by CDK for its node groups: its next deployment writes the whole ConfigMap over this mapping; map those principals with EksMapRolesEntry and EksMapUsersEntry instead, or give the cluster authenticationMode API_AND_CONFIG_MAP`,
    );
  };
  atSynthesis(mapping, warn);
}

/** A function outside the VPC reaches the Kubernetes API of a cluster by its public endpoint alone. */
export function warnOfPrivateEndpoint(site: Construct, cluster: eks.IClusterRef, provider: IConstruct): void {
  if (!isPrivate(cluster) || authenticationModeOf(cluster) === 'API') return;
  if (knownProvider(provider)?.inVpc !== false) return;
  Annotations.of(site).addWarningV2(
    'cfn-eks-access:private-endpoint',
    `the Kubernetes API of ${cluster.node.path} has no public endpoint and the provider no vpc, so that it cannot reach aws-auth: give the provider the vpc of the cluster, and let it in with cluster.connections.allowDefaultPortFrom(provider)`,
  );
}

function atSynthesis(construct: Construct, act: () => void): void {
  construct.node.addValidation({
    validate: () => {
      act();
      return [];
    },
  });
}
