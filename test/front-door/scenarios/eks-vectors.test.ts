/**
 * The product against the vectors of the EKS API, and the rules that no vector tries: what EKS takes, a stack gets; what EKS refuses is refused to the stack
 * with a reason and nothing left, whether at the door or in EKS's own words. (The local EKS alone is held to the same
 * vectors in `local/aws/eks/eks-vectors.test.ts`.)
 */
import {
  type AuthenticationMode,
  type ClusterStatus,
  type LocalCluster,
} from '../../../local/aws/control-plane';
import { RULES } from '../../support/eks-api-rules';
import vectors from '../../fixtures/eks-api-vectors.json';
import { givenWorld, type World } from './world';

interface Vector {
  readonly name: string;
  readonly operation: string;
  readonly request: {
    readonly clusterName?: string;
    readonly principalArn?: string;
    readonly type?: string;
    readonly username?: string;
    readonly kubernetesGroups?: readonly string[];
    readonly tags?: Readonly<Record<string, string>>;
    readonly policyArn?: string;
    readonly accessScope?: { readonly type: string; readonly namespaces?: readonly string[] };
  };
  readonly clusterState: {
    readonly status?: ClusterStatus;
    readonly authenticationMode?: AuthenticationMode;
    readonly existingEntries?: readonly string[];
    readonly existing?: { readonly type?: string };
    readonly entryCount?: number;
  };
  readonly expect: { readonly accept: boolean; readonly response?: Readonly<Record<string, unknown>> };
}

/** Where the product does more than pass the request on. */
const OTHERWISE: Readonly<Record<string, { readonly accept: boolean; readonly why: string }>> = {
  'create-sts-assumed-role-arn': { accept: true, why: 'a session is turned into its role' },
  'associate-right-after-create': {
    accept: true,
    why: 'it is tried again until EKS shows the entry (GT-110)',
  },
  'associate-no-entry': { accept: true, why: 'the product makes the entry first' },
  'associate-21st-policy': {
    accept: true,
    why: 'a new entry has no others; calls.test.ts exchanges twenty of them',
  },
};

const OF_THE_PRODUCT = ['CreateAccessEntry', 'AssociateAccessPolicy', 'DeleteAccessEntry'];
/** No event leads to such a request with such values: the product never sends half an Update, and asks for no list. */
const OTHERS = [
  ...['DescribeAccessEntry', 'UpdateAccessEntry', 'DisassociateAccessPolicy', 'ListAssociatedAccessPolicies'],
  ...['ListAccessEntries', 'ListAccessPolicies', 'UpdateClusterConfig', 'DescribeCluster', 'TagResource'],
];

const all = [...vectors, ...RULES] as unknown as readonly Vector[];
const resourceType = 'Custom::EksAccessEntry';
let world: World;
let cluster: LocalCluster;
beforeAll(async () => (world = await givenWorld({ mode: 'API', timeoutSeconds: 4 })));
afterAll(() => world.stop());
afterEach(() => {
  world.aws.controlPlane.setAuthorize(() => true);
  world.aws.controlPlane.consistency.associateMisses = 0;
  for (const { name } of world.aws.controlPlane.clusters())
    if (name === 'c') world.aws.controlPlane.removeCluster(name);
});

async function prepare({ name, request, clusterState }: Vector): Promise<void> {
  const { iam, consistency } = world.aws.controlPlane;
  const {
    authenticationMode = 'API',
    status = 'ACTIVE',
    existingEntries = [],
    entryCount = 0,
  } = clusterState;
  cluster = await world.aws.controlPlane.createCluster({ name: 'c', authenticationMode, awsAuth: null });
  for (const principalArn of existingEntries) cluster.putAccessEntry({ principalArn });
  for (let index = 0; index < entryCount; index += 1)
    cluster.putAccessEntry({ principalArn: `arn:aws:iam::111122223333:role/r${index}` });
  cluster.setStatus(status);
  if (name === 'create-principal-not-propagated-yet') iam.declareMissing(request.principalArn ?? '');
  if (name === 'create-EC2_LINUX-no-passrole')
    world.aws.controlPlane.setAuthorize((_, action) => action !== 'iam:PassRole');
  if (name === 'associate-right-after-create') consistency.associateMisses = 1;
}

function propertiesOf({ request, clusterState }: Vector): Readonly<Record<string, unknown>> {
  const { principalArn, type = clusterState.existing?.type, username, kubernetesGroups, tags } = request;
  const { policyArn, accessScope } = request;
  const Tags = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  const AccessScope = accessScope && {
    Type: accessScope.type,
    ...(accessScope.namespaces ? { Namespaces: accessScope.namespaces } : {}),
  };
  return {
    ClusterName: 'c',
    PrincipalArn: principalArn,
    ...(type === undefined ? {} : { Type: type }),
    ...(username === undefined ? {} : { Username: username }),
    ...(kubernetesGroups ? { KubernetesGroups: kubernetesGroups } : {}),
    ...(tags ? { Tags } : {}),
    ...(policyArn === undefined ? {} : { AccessPolicies: [{ PolicyArn: policyArn, AccessScope }] }),
  };
}

const made = all.filter(({ operation }) =>
  ['CreateAccessEntry', 'AssociateAccessPolicy'].includes(operation),
);

test.each(made.map((vector) => [vector.name, vector] as const))('%s', async (name, vector) => {
  await prepare(vector);
  const before = cluster.accessEntries();
  const logicalId = 'Vector';
  const answer = await world.send({
    type: 'Create',
    resourceType,
    logicalId,
    properties: propertiesOf(vector),
  });
  const accept = OTHERWISE[name]?.accept ?? vector.expect.accept;
  expect([answer.Status, answer.Reason]).toEqual(
    accept ? ['SUCCESS', undefined] : ['FAILED', expect.any(String)],
  );
  if (!accept) return expect(cluster.accessEntries()).toEqual(before);
  const { principalArn = '', policyArn, accessScope } = vector.request;
  const entry = cluster.accessEntry(
    principalArn.replace(/:sts:(.*):assumed-role\/([^/]+)\/.*/, ':iam:$1:role/$2'),
  );
  if (vector.operation === 'CreateAccessEntry')
    return expect(entry).toMatchObject(vector.expect.response ?? {});
  const [policy] = entry?.policies ?? [];
  expect(policy).toMatchObject({
    policyArn,
    scope: accessScope?.type,
    namespaces: [...(accessScope?.namespaces ?? [])].sort(),
  });
});

test.each(
  all
    .filter(({ operation }) => operation === 'DeleteAccessEntry')
    .map((vector) => [vector.name, vector] as const),
)('%s: a Delete of what is not there, or cannot be, succeeds', async (_, vector) => {
  await prepare(vector);
  const { principalArn = '' } = vector.request;
  const physicalId = `access-entry|c|${principalArn}`;
  const properties = { ClusterName: 'c', PrincipalArn: principalArn };
  expect(await world.send({ type: 'Delete', resourceType, properties, physicalId })).toMatchObject({
    Status: 'SUCCESS',
  });
  expect(cluster.accessEntry(principalArn)).toBeUndefined();
});

test('every vector is tried, or is of an operation that no event leads to', () => {
  const operations = new Set(all.map(({ operation }) => operation));
  expect([...operations].sort()).toEqual([...OF_THE_PRODUCT, ...OTHERS].sort());
  const names = all.map(({ name }) => name);
  expect(Object.keys(OTHERWISE).filter((name) => !names.includes(name))).toEqual([]);
});
