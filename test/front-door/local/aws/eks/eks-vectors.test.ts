/** Every request vector of the EKS API, and the rules that no vector tries, through the real SDK over HTTP. */
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  DeleteAccessEntryCommand,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DisassociateAccessPolicyCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAccessPoliciesCommand,
  ListAssociatedAccessPoliciesCommand,
  TagResourceCommand,
  UpdateAccessEntryCommand,
  UpdateClusterConfigCommand,
} from '@aws-sdk/client-eks';
import { type ServerCertificate } from '../../../../../local/aws/server/certificates';
import { certificateOfRun } from '../../../../support/certificate';
import {
  startControlPlane,
  type AuthenticationMode,
  type ClusterStatus,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { RULES } from '../../../../support/eks-api-rules';
import vectors from '../../../../fixtures/eks-api-vectors.json';

interface Vector {
  readonly name: string;
  readonly operation: keyof typeof operations;
  readonly request: {
    readonly clusterName?: string;
    readonly principalArn?: string;
    readonly policyArn?: string;
  };
  readonly clusterState: {
    readonly exists?: boolean;
    readonly status?: ClusterStatus;
    readonly authenticationMode?: AuthenticationMode;
    readonly existingEntries?: readonly string[];
    readonly existing?: {
      readonly type?: string;
      readonly username?: string;
      readonly kubernetesGroups?: readonly string[];
    };
    readonly associated?: Readonly<Record<string, { readonly type: string }>>;
    readonly associatedPolicies?: readonly string[];
    readonly entryCount?: number;
  };
  readonly expect: {
    readonly accept: boolean;
    readonly httpStatus?: number;
    readonly errorName?: string;
    readonly message?: string;
    readonly response?: Readonly<Record<string, unknown>>;
  };
  readonly http?: { readonly method: string; readonly path: string; readonly bodyKeys?: readonly string[] };
}

type Send = (client: EKSClient, input: never) => Promise<object>;
const operations = {
  CreateAccessEntry: (client, input) => client.send(new CreateAccessEntryCommand(input)),
  DescribeAccessEntry: (client, input) => client.send(new DescribeAccessEntryCommand(input)),
  UpdateAccessEntry: (client, input) => client.send(new UpdateAccessEntryCommand(input)),
  DeleteAccessEntry: (client, input) => client.send(new DeleteAccessEntryCommand(input)),
  ListAccessEntries: (client, input) => client.send(new ListAccessEntriesCommand(input)),
  AssociateAccessPolicy: (client, input) => client.send(new AssociateAccessPolicyCommand(input)),
  DisassociateAccessPolicy: (client, input) => client.send(new DisassociateAccessPolicyCommand(input)),
  ListAssociatedAccessPolicies: (client, input) =>
    client.send(new ListAssociatedAccessPoliciesCommand(input)),
  ListAccessPolicies: (client, input) => client.send(new ListAccessPoliciesCommand(input)),
  DescribeCluster: (client, input) => client.send(new DescribeClusterCommand(input)),
  UpdateClusterConfig: (client, input) => client.send(new UpdateClusterConfigCommand(input)),
  TagResource: (client, input) => client.send(new TagResourceCommand(input)),
} satisfies Record<string, Send>;

interface Stage {
  readonly plane: ControlPlane;
  readonly cluster: LocalCluster;
  readonly client: EKSClient;
}

/** Circumstances that `clusterState` describes in words only. */
const circumstances: Readonly<Record<string, (stage: Stage) => unknown>> = {
  'create-principal-not-propagated-yet': ({ plane }) =>
    plane.iam.declareMissing('arn:aws:iam::111122223333:role/created-2s-ago'),
  'create-EC2_LINUX-no-passrole': ({ plane }) =>
    plane.setAuthorize((_caller, action) => action !== 'iam:PassRole'),
  'create-after-iam-role-recreated': ({ plane }) => {
    plane.iam.removePrincipal('arn:aws:iam::111122223333:role/recreated');
    plane.iam.addPrincipal('arn:aws:iam::111122223333:role/recreated');
  },
  'associate-right-after-create': async ({ plane, cluster, client }) => {
    plane.consistency.associateMisses = 1;
    const principalArn = 'arn:aws:iam::111122223333:role/just-created';
    cluster.deleteAccessEntry(principalArn);
    await client.send(new CreateAccessEntryCommand({ clusterName: 'c', principalArn }));
  },
  'associate-21st-policy': ({ cluster }) => {
    const policies = Array.from({ length: 20 }, (_, index) => ({ policy: `Other${index}` }));
    cluster.putAccessEntry({ principalArn: 'arn:aws:iam::111122223333:role/my-role', policies });
  },
  'mode-while-update-in-progress': async ({ cluster, client }) => {
    cluster.setStatus('ACTIVE');
    await client.send(
      new UpdateClusterConfigCommand({ name: 'c', accessConfig: { authenticationMode: 'API' } }),
    );
  },
};

/** Nothing in the request or the cluster decides these: the circumstance is injected at the server's door. */
const injected = ['throttled'];

/** Captures that end in the middle of the message. */
const cutShort = ['associate-missing-colon'];

/** Vectors about entries that are there, although `clusterState` does not list them. */
const onEntries = /^(Describe|Update|Delete)AccessEntry|^(Dis)?[Aa]ssociateAccessPolicy|^ListAssociated/;

let certificate: ServerCertificate;
beforeAll(async () => {
  certificate = await certificateOfRun();
});

async function setStage({ name, operation, request, clusterState }: Vector): Promise<Stage> {
  const plane = await startControlPlane({ certificate });
  const { authenticationMode = 'API', status = 'ACTIVE', existing, existingEntries = [] } = clusterState;
  const clusterName = request.clusterName ?? (clusterState.exists === false ? 'another' : 'c');
  const cluster = await plane.createCluster({ name: clusterName, authenticationMode, awsAuth: null });
  const principalArn = request.principalArn ?? '';
  const policies = [
    ...Object.keys(clusterState.associated ?? {}),
    ...(clusterState.associatedPolicies ?? []),
  ];
  if (operation === 'DisassociateAccessPolicy') policies.push(request.policyArn ?? '');
  const isThere =
    onEntries.test(operation) && /^arn:aws:iam:/.test(principalArn) && !principalArn.endsWith('/gone');
  for (const arn of new Set([...existingEntries, ...(isThere ? [principalArn] : [])])) {
    cluster.putAccessEntry({
      principalArn: arn,
      ...existing,
      policies: policies.map((policy) => ({ policy })),
    });
  }
  for (let index = 0; index < (clusterState.entryCount ?? 0); index += 1) {
    cluster.putAccessEntry({ principalArn: `arn:aws:iam::111122223333:role/r${index}` });
  }
  cluster.setStatus(status);
  const client = new EKSClient({
    region: 'us-east-1',
    endpoint: plane.eks.url,
    credentials: plane.iam.credentialsFor(plane.iam.roleArn('provider')),
    maxAttempts: 1,
  });
  const stage = { plane, cluster, client };
  await circumstances[name]?.(stage);
  return stage;
}

describe.each([...vectors, ...RULES] as unknown as readonly Vector[])('$name', (vector) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage(vector);
  });
  afterEach(async () => {
    stage.client.destroy();
    await stage.plane.stop();
  });

  const title = injected.includes(vector.name) ? 'arrives when the server is told to answer so' : 'holds';
  test(`${vector.operation} ${title}`, async () => {
    const { expect: expected, http } = vector;
    if (injected.includes(vector.name)) {
      stage.plane.eks.injectFault({
        match: () => true,
        respond: {
          status: expected.httpStatus ?? 500,
          headers: { 'x-amzn-errortype': expected.errorName ?? '' },
          body: JSON.stringify({ message: expected.message }),
        },
      });
    }
    const send: Send = operations[vector.operation];
    const outcome = await send(stage.client, vector.request as never).then(
      (output) => ({ accepted: true as const, output }),
      (error: { name: string; message: string; $metadata: { httpStatusCode?: number } }) => ({
        accepted: false as const,
        error,
      }),
    );

    const sent = stage.plane.eks.requests.at(-1);
    if (http) expect([sent?.method, sent?.path]).toEqual([http.method, http.path]);
    if (http?.bodyKeys) {
      expect(Object.keys(JSON.parse(sent?.body.toString() ?? '{}') as object).sort()).toEqual(
        [...http.bodyKeys].sort(),
      );
    }
    expect(outcome.accepted).toBe(expected.accept);
    if (outcome.accepted) {
      const { output } = outcome as {
        output: { accessEntry?: object; $metadata?: { httpStatusCode?: number } };
      };
      expect(output.$metadata?.httpStatusCode).toBe(expected.httpStatus);
      if (expected.response) expect(output.accessEntry ?? output).toMatchObject(expected.response);
      return;
    }
    if (expected.httpStatus) expect(outcome.error.$metadata.httpStatusCode).toBe(expected.httpStatus);
    if (expected.errorName) expect(outcome.error.name).toBe(expected.errorName);
    if (expected.message === undefined) return;
    if (cutShort.includes(vector.name)) expect(outcome.error.message).toContain(expected.message);
    else expect(outcome.error.message.replace(/update \S+ in/, 'update <id> in')).toBe(expected.message);
  });
});

test('there are vectors, each named once', () => {
  const names = (vectors as readonly { name: string }[]).map(({ name }) => name);
  expect(names).toHaveLength(103);
  expect(new Set(names).size).toBe(names.length);
  expect(
    [...Object.keys(circumstances), ...injected, ...cutShort].filter((name) => !names.includes(name)),
  ).toEqual([]);
});
