/**
 * A cluster, a provider (the built bundle in its container) and a pen to write events with: real HTTP between them.
 * Every scenario ends in two looks: the state that came out, and the one answer.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { PROVIDER_GROUP } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import { type ConfigMapManifest, type LocalCluster, type NewCluster } from '../../../local/aws/control-plane';
import { startLocalAws, type LocalAws, type LocalAwsOptions } from '../../../local/aws/local-aws';
import { deployProvider } from '../../../local/demo/provider';
import { type InvocationResult } from '../../../local/aws/lambda/host';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { startLoopbackServer, type LoopbackServer } from '../../../local/aws/server/loopback-server';
import { certificateOfRun } from '../../support/certificate';

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

export interface Sent {
  readonly type: 'Create' | 'Update' | 'Delete';
  /** Default Custom::EksMapRolesEntry. */
  readonly resourceType?: string;
  /** Default LambdaKubeUser. */
  readonly logicalId?: string;
  /** Name of the stack; default app. */
  readonly stack?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly old?: Readonly<Record<string, unknown>>;
  readonly physicalId?: string;
  readonly requestId?: string;
  /** Seconds since CloudFormation made the request; default 0. */
  readonly age?: number;
  /** Changes the event before it is sent: hostile and broken ones. */
  readonly tamper?: (event: Record<string, unknown>) => void;
}

export interface World {
  readonly aws: LocalAws;
  readonly cluster: LocalCluster;
  readonly providerArn: string;
  /** ARN of the provider's function. */
  readonly serviceToken: string;
  /** What CloudFormation says of a resource when the function asks; default CREATE_IN_PROGRESS. */
  resourceStatus: string | undefined;
  /** The physical id that CloudFormation shows of every resource; default none. */
  liveId: string | undefined;
  /** What CloudFormation says of a stack when the function asks; default UPDATE_IN_PROGRESS. */
  stackStatus: string;
  /** The CloudFormation API that the function asks. */
  readonly stackApi: LoopbackServer;
  /** Sends one event, and gives the one answer; rejects when there was none or more than one. */
  send(event: Sent): Promise<Answer>;
  /** Sends one event and gives what became of the invocation, answered or not. */
  invoke(event: Sent): Promise<InvocationResult>;
  /** Text of a section of aws-auth. */
  section(name: 'mapRoles' | 'mapUsers' | 'mapAccounts'): string | undefined;
  owners(): unknown;
  /** Everything the function has written to its log. */
  log(): string;
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly mode?: AuthenticationMode;
  /** Default: two foreign entries and the provider's; null: no ConfigMap. */
  readonly awsAuth?: Readonly<Record<string, string>> | null;
  readonly guardrails?: object;
  readonly timeoutSeconds?: number;
  /** Another file than the built function. */
  readonly bundle?: string;
  /** Default true: the provider's rights in the cluster as samples/provider-rbac.yaml gives them. */
  readonly rights?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Who made the cluster; default: nobody. */
  readonly creatorArn?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Further facts of the cluster. */
  readonly cluster?: Partial<NewCluster>;
  /** Further settings of the local AWS. */
  readonly aws?: LocalAwsOptions;
}

export const NODES = `- rolearn: arn:aws:iam::111122223333:role/nodes # every node
  username: system:node:{{EC2PrivateDNSName}}
  groups:
    - system:bootstrappers
    - system:nodes
`;
export const PROVIDER = `- rolearn: arn:aws:iam::111122223333:role/eks-access-provider
  username: cfn-eks-access
  groups:
    - ${PROVIDER_GROUP}
`;
export const ROLE = 'arn:aws:iam::111122223333:role/service/foo';
export const roleEntry = { Cluster: 'my-cluster', RoleArn: ROLE, UserName: 'lambdafoo', Groups: ['team-a'] };

export const rbac = readFileSync(join(__dirname, '../../../samples/provider-rbac.yaml'), 'utf8');

/** Another Node that the function runs on, in a process of its own, and the runtime that Lambda calls it. */
export const NODE_VARIABLE = 'CFN_EKS_ACCESS_NODE';

function runtimeOfTest(): { readonly nodePath?: string; readonly runtime?: string } {
  const [nodePath, runtime] = (process.env[NODE_VARIABLE] ?? '').split(' ');
  return nodePath && runtime ? { nodePath, runtime } : {};
}

export async function givenWorld(options: Surroundings = {}): Promise<World> {
  const { mode = 'CONFIG_MAP', awsAuth = { mapRoles: NODES + PROVIDER }, rights = true } = options;
  const aws = await startLocalAws({
    retryDelays: [1, 1],
    clock: new SkippingClock(),
    certificate: await certificateOfRun(),
    ...options.aws,
  });
  const state: StackState = {
    resource: 'CREATE_IN_PROGRESS',
    liveId: undefined,
    stack: 'UPDATE_IN_PROGRESS',
  };
  const stackApi = await startStackApi(state);
  const { serviceToken, roleArn } = await deployProvider(aws, {
    ...(options.guardrails ? { guardrails: options.guardrails } : {}),
    ...runtimeOfTest(),
    ...(options.bundle === undefined ? {} : { bundle: options.bundle }),
    timeoutSeconds: options.timeoutSeconds ?? 60,
    environment: { AWS_ENDPOINT_URL_CLOUDFORMATION: stackApi.url, ...options.environment },
  });
  const cluster = await aws.controlPlane.createCluster({
    name: 'my-cluster',
    authenticationMode: mode,
    awsAuth: awsAuth && manifest(awsAuth, options.annotations),
    ...(options.creatorArn === undefined ? {} : { creatorArn: options.creatorArn }),
    ...options.cluster,
  });
  if (rights) {
    cluster.applyRbac(rbac);
    if (mode !== 'CONFIG_MAP')
      cluster.putAccessEntry({ principalArn: roleArn, kubernetesGroups: [PROVIDER_GROUP] });
  }

  const invoke = (sent: Sent): Promise<InvocationResult> => {
    const event = eventOf(aws, serviceToken, sent);
    return aws.lambda.invoke(serviceToken, event);
  };
  return {
    aws,
    cluster,
    stackApi,
    providerArn: roleArn,
    serviceToken,
    get resourceStatus() {
      return state.resource;
    },
    set resourceStatus(status) {
      state.resource = status;
    },
    get liveId() {
      return state.liveId;
    },
    set liveId(id) {
      state.liveId = id;
    },
    get stackStatus() {
      return state.stack;
    },
    set stackStatus(status) {
      state.stack = status;
    },
    invoke,
    send: async (sent) => {
      const before = aws.answerBucket.accepted.length;
      const result = await invoke(sent);
      const answers = aws.answerBucket.accepted.slice(before);
      if (answers.length !== 1)
        throw new Error(`${answers.length} answers; the invocation came to ${JSON.stringify(result)}`);
      return answers[0]?.document as Answer;
    },
    section: (name) => cluster.configMap()?.data?.[name],
    owners: () => {
      const text = cluster.configMap()?.metadata.annotations?.['cfn-eks-access/owners'];
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    log: () =>
      aws.lambda
        .logs()
        .map(({ text }) => text)
        .join('\n'),
    stop: async () => {
      await aws.stop();
      await stackApi.stop();
    },
  };
}

export function stackIdOf(name: string): string {
  return `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/0a1b2c3d-0000-1111-2222-333344445555`;
}

/** The event as CloudFormation would send it. */
export function eventOf(aws: LocalAws, serviceToken: string, sent: Sent): Record<string, unknown> {
  const { type, logicalId = 'LambdaKubeUser', stack = 'app', requestId = randomUUID() } = sent;
  const properties = (own: Readonly<Record<string, unknown>>): object => ({
    ServiceToken: serviceToken,
    ServiceTimeout: '600',
    ...own,
  });
  const event: Record<string, unknown> = {
    RequestType: type,
    ServiceToken: serviceToken,
    ResponseURL: aws.answerBucket.presign(
      { stackId: stackIdOf(stack), logicalResourceId: logicalId, requestId },
      undefined,
      (sent.age ?? 0) * 1_000,
    ),
    StackId: stackIdOf(stack),
    RequestId: requestId,
    LogicalResourceId: logicalId,
    ResourceType: sent.resourceType ?? 'Custom::EksMapRolesEntry',
    ResourceProperties: properties(sent.properties),
    ...(sent.old ? { OldResourceProperties: properties(sent.old) } : {}),
    ...(sent.physicalId === undefined ? {} : { PhysicalResourceId: sent.physicalId }),
  };
  sent.tamper?.(event);
  return event;
}

function manifest(
  data: Readonly<Record<string, string>>,
  annotations?: Readonly<Record<string, string>>,
): ConfigMapManifest {
  return {
    metadata: { name: 'aws-auth', namespace: 'kube-system', ...(annotations ? { annotations } : {}) },
    data,
  };
}

interface StackState {
  /** Undefined: there is no such stack. */
  resource: string | undefined;
  liveId: string | undefined;
  stack: string;
}

async function startStackApi(state: StackState): Promise<LoopbackServer> {
  return startLoopbackServer({
    handle: ({ body }) => {
      if (state.resource === undefined)
        return {
          status: 400,
          body: '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>',
        };
      const action = new URLSearchParams(body.toString()).get('Action') ?? '';
      const shown =
        action === 'DescribeStacks'
          ? `<Stacks><member><StackName>app</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${state.stack}</StackStatus></member></Stacks>`
          : `<StackResourceDetail><ResourceStatus>${state.resource}</ResourceStatus>${physicalIdXml(state.liveId)}</StackResourceDetail>`;
      return {
        status: 200,
        body: `<${action}Response><${action}Result>${shown}</${action}Result></${action}Response>`,
      };
    },
  });
}

function physicalIdXml(id: string | undefined): string {
  return id === undefined ? '' : `<PhysicalResourceId>${id}</PhysicalResourceId>`;
}
