/**
 * The provider and the samples. Everything has a name that can be given as context:
 *
 *   npx cdk synth --quiet
 *   npx cdk deploy EksAccessProvider -c clusterName=prod
 *   npx cdk deploy EksAccessLambdaRole -c clusterName=prod -c lambdaGroups=team-a
 *
 *   account, region      environment of all stacks; without them they fit any
 *   clusterName          default my-cluster
 *   authenticationMode   CONFIG_MAP if the cluster reads aws-auth only: then the provider cannot have an access entry
 *   clusterRoleArn       of the role as which the provider reaches the cluster, instead of its own
 *   guardrails           JSON; default: what the samples ask for, on this cluster only. A sample that they refuse is
 *                        refused when the App is synthesised: change what it asks for, or leave it out of samples
 *   exportName, functionName, nodeRoleName, lambdaUserName, lambdaGroups, userName, userGroups, namespaces,
 *   developerGroup       lists are separated by commas
 *   newCluster           authentication mode: adds EksAccessNewCluster, which makes the cluster from nothing; in any mode
 *                        but API, clusterRoleArn is of the role by which stacks are deployed
 *   samples              which of the samples to make, by the names of their stacks, or none; default: all
 *   vpcId, availabilityZones, subnetIds   network of the function, for clusters without a public endpoint
 */
import { App } from 'aws-cdk-lib';
import { contextReader } from './context';
import { type EksAccessGuardrails } from './guardrails';
import { AccessEntryStack } from './stacks/access-entry-stack';
import { DeveloperRoleStack } from './stacks/developer-role-stack';
import { IamUserStack } from './stacks/iam-user-stack';
import { LambdaRoleStack } from './stacks/lambda-role-stack';
import { NewClusterStack } from './stacks/new-cluster-stack';
import { NodeRoleStack } from './stacks/node-role-stack';
import { ProviderStack } from './stacks/provider-stack';

/** Adds the provider and the samples to `app`. */
export function addStacks(app: App): void {
  const { text, list, json } = contextReader(app);
  const [account, region] = [text('account'), text('region')];
  const env = { ...(account ? { account } : {}), ...(region ? { region } : {}) };
  const clusterName = text('clusterName') ?? 'my-cluster';
  const nodeRoleName = text('nodeRoleName') ?? `${clusterName}-nodes`;
  const [vpcId, exportName, functionName] = [text('vpcId'), text('exportName'), text('functionName')];
  const [clusterRoleArn, newCluster] = [text('clusterRoleArn'), text('newCluster')];
  checkNewCluster(newCluster, clusterRoleArn);
  const { provider } = new ProviderStack(app, 'EksAccessProvider', {
    env,
    // A cluster that is not there yet has no place for the provider's access entry, and needs none.
    ...(newCluster === undefined || clusterRoleArn ? { clusterName } : {}),
    configMapOnly: text('authenticationMode') === 'CONFIG_MAP',
    nodeRoleNames: [nodeRoleName],
    ...(clusterRoleArn ? { clusterRoleArn } : {}),
    ...(vpcId
      ? {
          network: {
            vpcId,
            availabilityZones: list('availabilityZones') ?? [],
            subnetIds: list('subnetIds') ?? [],
          },
        }
      : {}),
    provider: {
      // The defaults would refuse two of the samples: the Lambda function's system:masters and the node role.
      guardrails: (json('guardrails') as EksAccessGuardrails | undefined) ?? {
        clusters: [clusterName],
        allowClusterAdmin: true,
        allowNodes: true,
      },
      ...(exportName ? { exportName } : {}),
      ...(functionName ? { functionName } : {}),
    },
  });
  const common = { env, provider, clusterName };
  const developerGroup = text('developerGroup') ?? 'developers';
  addSamples(list('samples'), {
    EksAccessLambdaRole: (id) =>
      new LambdaRoleStack(app, id, {
        ...common,
        userName: text('lambdaUserName') ?? 'lambdafoo',
        groups: list('lambdaGroups') ?? ['system:masters'],
      }),
    EksAccessIamUser: (id) =>
      new IamUserStack(app, id, {
        ...common,
        userName: text('userName') ?? 'alice',
        groups: list('userGroups') ?? ['viewers'],
      }),
    EksAccessNodeRole: (id) => new NodeRoleStack(app, id, { ...common, nodeRoleName }),
    EksAccessEntry: (id) =>
      new AccessEntryStack(app, id, { ...common, namespaces: list('namespaces') ?? ['dev', 'dev-*'] }),
    EksAccessDeveloperRole: (id) => new DeveloperRoleStack(app, id, { ...common, group: developerGroup }),
  });
  if (newCluster !== undefined) {
    new NewClusterStack(app, 'EksAccessNewCluster', {
      ...common,
      authenticationMode: newCluster,
      creatorIsAdmin: clusterRoleArn !== undefined,
      nodeRoleName,
      developerGroup,
    });
  }
}

const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

function checkNewCluster(mode: string | undefined, clusterRoleArn: string | undefined): void {
  if (mode === undefined) return;
  if (!MODES.includes(mode))
    throw new Error(`context newCluster is ${JSON.stringify(mode)}: write one of ${MODES.join(', ')}`);
  if (mode === 'CONFIG_MAP' && !clusterRoleArn)
    throw new Error(
      'context newCluster is "CONFIG_MAP", and nobody but the role that makes the cluster gets into it then: give clusterRoleArn, the ARN of the role by which stacks are deployed',
    );
}

/** `wanted`: names of the stacks, or `none`; undefined: all. */
function addSamples(
  wanted: readonly string[] | undefined,
  samples: Readonly<Record<string, (id: string) => unknown>>,
): void {
  const unknown = wanted?.find((id) => id !== 'none' && !(id in samples));
  if (unknown !== undefined)
    throw new Error(
      `context samples has ${JSON.stringify(unknown)}: write names of ${Object.keys(samples).join(', ')}, or none`,
    );
  for (const [id, add] of Object.entries(samples)) if (wanted?.includes(id) ?? true) add(id);
}

if (require.main === module) {
  const app = new App();
  addStacks(app);
  app.synth();
}
