/** The stack of the provider: its function, the function's role, and the export that templates import. Pure. */
import {
  DEFAULT_EXPORT_NAME,
  ENVIRONMENT,
  ROLE_EXPORT_SUFFIX,
  type ScheduledEvent,
} from '../../access/contract';
import { RIGHTS_SETUP } from '../../cdk/rights-setup';
import { type JsonObject } from '../aws/cloudformation/json';
import { LOCAL_FILES } from '../aws/cloudformation/resources/lambda-code';

export interface ProviderTemplateOptions {
  /** Default: everything allowed. */
  readonly guardrails?: object;
  /** By the name of the cluster: the ARN of the role by which it is reached. Default: none. */
  readonly clusterRoles?: Readonly<Record<string, string>>;
  /** Whether the provider applies what named rights need to the clusters of `clusterRoles`. Default false. */
  readonly setUpRights?: boolean;
  /** Default EksAccessServiceToken. */
  readonly exportName?: string;
  /** Further environment of the function; wins over what is set here. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default 60. */
  readonly timeoutSeconds?: number;
  /** Default 256. */
  readonly memoryMb?: number;
  /** Default nodejs22.x. */
  readonly runtime?: string;
  /** `true`, `report` or `false`, as the parameter FollowMode of the provider's own template. Default `true`. */
  readonly followMode?: 'true' | 'report' | 'false';
  /** Whether templates may name permission sets, as the parameter PermissionSets of the provider's own template. Default true. */
  readonly permissionSets?: boolean;
}

/** A pattern gives reserved names only if it begins with their prefix itself. */
const everything = {
  clusters: ['*'],
  principalAccounts: ['*'],
  groups: ['*', 'system:*', 'eks:*', 'aws:*', 'amazon:*', 'iam:*', 'cfn-eks-access*'],
  userNames: ['*', 'arn:*', 'cfn-eks-access*'],
  accessPolicies: ['*'],
  rights: ['*'],
  allowNodes: true,
  allowClusterAdmin: true,
  allowTakeover: 'any',
  allowModeChange: true,
};

/** `bundle`: path of the built function; `answerBucketUrl`: the one host beside AWS's that it may answer to. */
export function providerTemplate(
  options: ProviderTemplateOptions,
  functionName: string,
  bundle: string,
  answerBucketUrl: string,
): JsonObject {
  const { guardrails = everything, exportName = DEFAULT_EXPORT_NAME } = options;
  const { environment = {}, clusterRoles = {}, followMode = 'true', permissionSets = true } = options;
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
          Code: { S3Bucket: LOCAL_FILES, S3Key: bundle },
          Environment: {
            Variables: {
              [ENVIRONMENT.guardrails]: JSON.stringify(guardrails),
              [ENVIRONMENT.roleArn]: { 'Fn::GetAtt': ['Role', 'Arn'] },
              ...(Object.keys(clusterRoles).length === 0
                ? {}
                : { [ENVIRONMENT.clusterRoles]: JSON.stringify(clusterRoles) }),
              ...(options.setUpRights === true ? { [ENVIRONMENT.setUpRights]: RIGHTS_SETUP } : {}),
              [ENVIRONMENT.responseHosts]: answerBucketUrl,
              [ENVIRONMENT.followMode]: followMode,
              [ENVIRONMENT.permissionSets]: String(permissionSets),
              ...environment,
            },
          },
        },
      },
      ...(followMode === 'false' ? {} : schedule(functionName)),
    },
    Outputs: {
      ServiceToken: { Value: { 'Fn::GetAtt': ['Function', 'Arn'] }, Export: { Name: exportName } },
      RoleArn: {
        Value: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Export: { Name: `${exportName}${ROLE_EXPORT_SUFFIX}` },
      },
    },
  };
}

/** As if it came once a day: fired by hand, it looks at everything. */
const EVENT: ScheduledEvent = {
  kind: 'cfn-eks-access/scheduled-run',
  everyMinutes: 1_440,
  settleSeconds: 0,
};

function schedule(functionName: string): JsonObject {
  const name = scheduleName(functionName);
  return {
    ScheduleRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name,
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'scheduler.amazonaws.com' } },
          ],
        },
      },
    },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: name,
        ScheduleExpression: 'rate(15 minutes)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': ['Function', 'Arn'] },
          RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
          Input: JSON.stringify(EVENT),
          RetryPolicy: { MaximumRetryAttempts: 0 },
        },
      },
    },
  };
}

export function scheduleName(functionName: string): string {
  return `${functionName}-schedule`;
}
