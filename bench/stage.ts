/** What the pieces run on: a local AWS with the provider in it, clusters to spoil, and a pen to write events with. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDER_GROUP } from '../access/contract';
import { type LocalCluster } from '../local/aws/control-plane';
import { environmentOf } from '../local/aws/lambda/environment';
import { type LocalAws, startLocalAws } from '../local/aws/local-aws';
import { startLoopbackServer } from '../local/aws/server/loopback-server';
import { deployProvider, type ProviderOptions } from '../local/demo/provider';

export interface Asked {
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly cluster: string;
  readonly roleName: string;
  readonly groups?: readonly string[];
  readonly oldGroups?: readonly string[];
}

export interface Stage {
  readonly aws: LocalAws;
  readonly serviceToken: string;
  /** A cluster of mode CONFIG_MAP in which the provider has its rights; the provider's entry is put before `mapRoles`. */
  cluster(name: string, awsAuth?: Readonly<Record<string, string>>): Promise<LocalCluster>;
  event(asked: Asked): Record<string, unknown>;
  /** Environment of a function process that is started by hand. */
  environment(): Record<string, string>;
  /** Requests to everything but the Kubernetes API, so far. */
  requests(): { readonly eks: number; readonly cloudformation: number; readonly answers: number };
  stop(): Promise<void>;
}

export type StageOptions = Pick<ProviderOptions, 'bundle' | 'nodePath'> & {
  /** Containers of the local Lambda that run at once. */
  readonly concurrency?: number;
};

const ACCOUNT = '111122223333';
const rbac = readFileSync(join(__dirname, '../samples/provider-rbac.yaml'), 'utf8');

export const foreign = {
  mapRoles: `# The nodes of this cluster. Ask the platform team before you change them.
- rolearn: arn:aws:iam::${ACCOUNT}:role/nodes # every node
  username: system:node:{{EC2PrivateDNSName}}
  groups:
    - system:bootstrappers
    - system:nodes
- rolearn: arn:aws:iam::${ACCOUNT}:role/eks-access-provider
  username: cfn-eks-access
  groups:
    - ${PROVIDER_GROUP}
`,
  mapUsers: `[{"userarn": "arn:aws:iam::${ACCOUNT}:user/ada", "username": ada,   "groups": ["auditors"]}]  # JSON, nearly\r\n`,
} as const;

export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { concurrency, ...provider } = options;
  const aws = await startLocalAws(concurrency === undefined ? {} : { concurrency });
  // Wants every resource that it is asked about (CR-28): these stacks are nowhere but in the events.
  const stackApi = await startLoopbackServer({
    handle: () => ({
      status: 200,
      body: '<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail><ResourceStatus>CREATE_IN_PROGRESS</ResourceStatus></StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>',
    }),
  });
  const deployed = await deployProvider(aws, {
    timeoutSeconds: 600,
    environment: { AWS_ENDPOINT_URL_CLOUDFORMATION: stackApi.url },
    ...provider,
  });
  const { serviceToken } = deployed;
  return {
    aws,
    serviceToken,
    cluster: async (name, data = foreign) => {
      const cluster = await aws.controlPlane.createCluster({
        name,
        authenticationMode: 'CONFIG_MAP',
        awsAuth: { data },
      });
      cluster.applyRbac(rbac);
      return cluster;
    },
    event: (asked) => eventOf(aws, serviceToken, asked),
    environment: () => {
      const fn = aws.lambda.function(serviceToken);
      if (!fn) throw new Error('the provider is not deployed');
      return environmentOf(fn, {
        region: aws.region,
        logStreamName: 'bench',
        credentials: aws.iam.credentialsFor(deployed.roleArn, fn.name),
        extra: {
          AWS_ENDPOINT_URL_EKS: aws.endpoints.eks,
          AWS_ENDPOINT_URL_STS: aws.endpoints.sts,
          AWS_ENDPOINT_URL_IAM: aws.endpoints.iam,
          // Variant A's SDK warns of Node 20 at length.
          NODE_NO_WARNINGS: '1',
        },
      });
    },
    requests: () => ({
      eks: aws.controlPlane.eks.requests.length,
      cloudformation: stackApi.requests.length,
      answers: aws.answerBucket.server.requests.length,
    }),
    stop: async () => {
      await aws.stop();
      await stackApi.stop();
    },
  };
}

function eventOf(aws: LocalAws, serviceToken: string, asked: Asked): Record<string, unknown> {
  const stackId = `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/bench/0a1b2c3d-0000-1111-2222-333344445555`;
  const requestId = randomUUID();
  const logicalResourceId = `Entry${asked.roleName.replace(/\W/g, '')}`;
  const properties = (groups: readonly string[]): object => ({
    ServiceToken: serviceToken,
    ServiceTimeout: '600',
    Cluster: asked.cluster,
    RoleArn: roleArn(asked.roleName),
    UserName: `user-of-${asked.roleName}`,
    Groups: groups,
  });
  return {
    RequestType: asked.type,
    ServiceToken: serviceToken,
    ResponseURL: aws.answerBucket.presign({ stackId, logicalResourceId, requestId }),
    StackId: stackId,
    RequestId: requestId,
    LogicalResourceId: logicalResourceId,
    ResourceType: 'Custom::EksMapRolesEntry',
    ResourceProperties: properties(asked.groups ?? ['team-a']),
    ...(asked.type === 'Update' ? { OldResourceProperties: properties(asked.oldGroups ?? ['team-a']) } : {}),
    ...(asked.type === 'Create'
      ? {}
      : { PhysicalResourceId: `role|${asked.cluster}|${roleArn(asked.roleName)}` }),
  };
}
