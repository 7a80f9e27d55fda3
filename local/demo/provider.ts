/** Deploys the built provider function into the local AWS, as its own stack would in a real account. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEFAULT_EXPORT_NAME, ENVIRONMENT } from '../../access/contract';
import { type AnswerBucket } from '../aws/answer-bucket';
import { isObject, type JsonObject } from '../aws/cloudformation/json';
import { type LocalCloudFormation } from '../aws/cloudformation/stack/engine';
import { type ControlPlane } from '../aws/control-plane';
import { type LocalIam } from '../aws/identity/iam';
import { type LambdaFunction, type LambdaHost } from '../aws/lambda/host';

export interface ProviderOptions {
  /** Default: everything allowed. */
  readonly guardrails?: object;
  /** Default EksAccessServiceToken. */
  readonly exportName?: string;
  /** Also the name of the role and of the stack. Default eks-access-provider. */
  readonly functionName?: string;
  /** Default dist/lambda/index.js. */
  readonly bundle?: string;
  /** Further environment of the function; wins over what is set here. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default 60. */
  readonly timeoutSeconds?: number;
  /** Default 256. */
  readonly memoryMb?: number;
  /** Another Node to run the function with. */
  readonly nodePath?: string;
  /** Default nodejs22.x. */
  readonly runtime?: string;
  /**
   * Clusters that are made, in mode CONFIG_MAP and with the node mapping alone, with the provider's role as their
   * creator; one that exists must have access entries and gets an administrator's entry for the role.
   */
  readonly creatorOf?: readonly string[];
}

export interface DeployedProvider {
  readonly serviceToken: string;
  readonly roleArn: string;
  readonly functionName: string;
}

interface Surroundings {
  readonly cloudformation: LocalCloudFormation;
  readonly lambda: LambdaHost;
  readonly answers: AnswerBucket;
  readonly controlPlane: ControlPlane;
  readonly iam: LocalIam;
}

const DEFAULT_NAME = 'eks-access-provider';
/** A bucket of this name stands for the file system: the key is a path. */
const FILES = 'local-files';

/** A pattern gives reserved names only if it begins with their prefix itself. */
const everything = {
  clusters: ['*'],
  principalAccounts: ['*'],
  groups: ['*', 'system:*', 'eks:*', 'aws:*', 'amazon:*', 'iam:*', 'cfn-eks-access*'],
  userNames: ['*', 'arn:*', 'cfn-eks-access*'],
  accessPolicies: ['*'],
  allowNodes: true,
  allowClusterAdmin: true,
  allowTakeover: 'any',
};

/** Code of a function that `deployProvider` deploys. */
export function bundleCode({ Code: code }: JsonObject): LambdaFunction['code'] | undefined {
  if (!isObject(code) || code['S3Bucket'] !== FILES || typeof code['S3Key'] !== 'string') return undefined;
  return { file: code['S3Key'] };
}

export async function deployProvider(
  surroundings: Surroundings,
  options: ProviderOptions,
): Promise<DeployedProvider> {
  const { cloudformation, lambda, answers } = surroundings;
  const { functionName = DEFAULT_NAME } = options;
  const bundle = resolve(options.bundle ?? join(__dirname, '..', '..', 'dist', 'lambda', 'index.js'));
  if (!existsSync(bundle)) throw new Error(`there is no ${bundle}: build it first with npm run build:lambda`);
  const template = JSON.stringify(providerTemplate(options, functionName, bundle, answers.url));
  const existing = cloudformation.stack(functionName);
  const request = { name: functionName, template, templateName: functionName };
  const stack = existing
    ? await cloudformation.updateStack(request)
    : await cloudformation.createStack(request);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) {
    const failed = stack.events.find(({ status }) => status.endsWith('_FAILED'));
    throw new Error(
      `the provider stack came to ${stack.status}: ${failed?.reason ?? stack.reason ?? 'no reason'}`,
    );
  }
  const serviceToken = stack.outputValues['ServiceToken'] ?? '';
  const roleArn = stack.outputValues['RoleArn'] ?? '';
  const registered = lambda.function(serviceToken);
  if (registered && options.nodePath !== undefined)
    lambda.register({ ...registered, nodePath: options.nodePath });
  for (const name of options.creatorOf ?? []) await grantCluster(surroundings, name, roleArn);
  return { serviceToken, roleArn, functionName };
}

async function grantCluster({ controlPlane }: Surroundings, name: string, roleArn: string): Promise<void> {
  const existing = controlPlane.clusters().find((cluster) => cluster.name === name);
  if (!existing)
    return void (await controlPlane.createCluster({
      name,
      authenticationMode: 'CONFIG_MAP',
      creatorArn: roleArn,
    }));
  if (existing.authenticationMode === 'CONFIG_MAP') {
    throw new Error(
      `the cluster ${name} exists and has no access entries: create it with creatorArn ${roleArn}`,
    );
  }
  existing.putAccessEntry({ principalArn: roleArn, policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }] });
}

function providerTemplate(
  options: ProviderOptions,
  functionName: string,
  bundle: string,
  answersUrl: string,
): JsonObject {
  const { guardrails = everything, exportName = DEFAULT_EXPORT_NAME, environment = {} } = options;
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: functionName,
          AssumeRolePolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
            ],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: functionName,
          Handler: 'index.handler',
          Runtime: options.runtime ?? 'nodejs22.x',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Timeout: options.timeoutSeconds ?? 60,
          MemorySize: options.memoryMb ?? 256,
          Code: { S3Bucket: FILES, S3Key: bundle },
          Environment: {
            Variables: {
              [ENVIRONMENT.guardrails]: JSON.stringify(guardrails),
              [ENVIRONMENT.roleArn]: { 'Fn::GetAtt': ['Role', 'Arn'] },
              [ENVIRONMENT.responseHosts]: answersUrl,
              ...environment,
            },
          },
        },
      },
    },
    Outputs: {
      ServiceToken: { Value: { 'Fn::GetAtt': ['Function', 'Arn'] }, Export: { Name: exportName } },
      RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
  };
}
