/** An account of clusters and a run over it, under a clock of its own; tests say what is there, and see each call. */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { type AwsAuth } from '../../../../access/aws-auth/intent';
import { type IamAnswer, type IamRole } from '../../../../access/aws/iam-api';
import { type ReadFailure } from '../../../../access/aws/sdk-failure';
import { type Cluster } from '../../../../access/cluster/cluster';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { ProviderError } from '../../../../access/errors';
import { type Guardrails } from '../../../../access/guardrails/guardrails';
import { paceOf } from '../../../../lambda/scheduled/time';
import { noCounts } from '../../../../lambda/scheduled/counts';
import { type Run } from '../../../../lambda/scheduled/run';
import { type KnownEntries } from '../../../../lambda/scheduled/known-entries';
import { followAll } from '../../../../lambda/scheduled/follow-all';
import { ACCOUNT, at } from '../../access/desired';
import { simulatedTime } from './simulated-time';

export interface Line {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface Account {
  readonly modes: Readonly<Record<string, AuthenticationMode>>;
  /** Default: all are ACTIVE. */
  readonly statuses?: Readonly<Record<string, string>>;
  readonly guardrails?: Guardrails;
  /** What a look at the aws-auth of a cluster comes to; default: there is none. */
  readonly awsAuth?: (cluster: string) => AwsAuth | undefined;
  readonly isTurn?: (cluster: string) => boolean;
  /** ARNs of the roles of permission sets, or what IAM answers; default: the provider does not look for any. */
  readonly setRoles?: readonly string[] | ReadFailure | undefined;
  /** What earlier runs of the container have seen. */
  readonly seen?: Map<string, AuthenticationMode>;
  readonly seconds?: number;
  /** By cluster and principal: the tags of access entries; those that end are taken out. Default: there are none. */
  readonly tags?: Readonly<Record<string, Record<string, Readonly<Record<string, string>>>>>;
  /** What earlier runs of the container know of them. */
  readonly known?: Map<string, KnownEntries>;
  /** When the run begins, in milliseconds. */
  readonly start?: number;
}

export interface Seen {
  readonly lines: readonly Line[];
  /** Each call of the EKS API and when it was made. */
  readonly eks: readonly { readonly call: string; readonly about: string; readonly at: number }[];
  /** When the run ended. */
  readonly end: number;
  readonly looks: readonly string[];
}

/** Without cluster roles, and without a role of its own that anything names. */
export const provider: Run['provider'] = {
  accountId: ACCOUNT,
  region: 'us-east-1',
  functionArn: '',
  functionName: 'provider',
  roleArn: undefined,
  roleKey: undefined,
  clusterRoles: { roles: new Map(), fault: undefined },
  findsPermissionSets: false,
};

export async function runOver({
  modes,
  statuses = {},
  guardrails = {},
  awsAuth,
  isTurn,
  setRoles,
  seen = new Map(),
  seconds = 58,
  tags = {},
  known = new Map(),
  start = 0,
}: Account): Promise<Seen> {
  const time = simulatedTime(seconds * 1_000, start);
  const pace = paceOf(time, 5);
  const lines: Line[] = [];
  const eks: Seen['eks'][number][] = [];
  const looks: string[] = [];
  const called = async (call: string, about = ''): Promise<void> => {
    await pace();
    eks.push({ call, about, at: time.now() });
    time.spend(40);
  };
  const never = async (): Promise<never> => Promise.reject(new TypeError('not asked for in this test'));
  const run: Run = {
    deadline: time,
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
    counts: noCounts(),
    guardrails,
    provider: { ...provider, findsPermissionSets: setRoles !== undefined },
    requestId: 'r',
    moves: true,
    settleMs: 10_000,
    asksForRoles: false,
    healsRoles: false,
    unknownRoles: new Map(),
    isTurn: isTurn ?? (() => false),
    modes: seen,
    entries: known,
    unmade: new Set(),
    edges: () => ({
      listClusters: async () => {
        await called('ListClusters');
        return Object.keys(modes);
      },
      describeCluster: async (name) => {
        await called('DescribeCluster', name);
        const authenticationMode = modes[name];
        if (!authenticationMode) throw new ProviderError('NotFound', `there is no cluster "${name}"`);
        return { ...clusterNamed(name, authenticationMode), status: statuses[name] ?? 'ACTIVE' };
      },
      configMap: ({ name }) => ({
        read: async () => {
          looks.push(name);
          time.spend(30);
          const found = awsAuth?.(name);
          return found && { ...found, object: { metadata: {} } };
        },
        replace: never,
        make: never,
      }),
      rbac: () => {
        throw new TypeError('no rights by groups in this test');
      },
      accessEntries: {
        read: async ({ cluster, principalArn }) => {
          await called('DescribeAccessEntry', `${cluster} ${principalArn}`);
          const found = tags[cluster]?.[principalArn];
          return found && entryOf(principalArn, found);
        },
        readTags: async ({ cluster, principalArn }) => {
          await called('DescribeAccessEntry', `${cluster} ${principalArn}`);
          return tags[cluster]?.[principalArn];
        },
        apply: async ({ cluster, principalArn }, { do: doing }) => {
          await called(doing);
          if (doing === 'delete') delete tags[cluster]?.[principalArn];
          return undefined;
        },
        readPolicies: never,
        listPrincipals: async (cluster) => {
          await called('ListAccessEntries', cluster);
          return Object.keys(tags[cluster] ?? {});
        },
      },
      iam: { getRole: never, listRoles: setRoles === undefined ? never : async () => answerOf(setRoles) },
      stacks: { resource: async () => ({ state: 'gone', detail: 'no such stack' }), stack: never },
    }),
  };
  await followAll(run);
  return { lines, eks, looks, end: time.now() };
}

function answerOf(roles: readonly string[] | ReadFailure): IamAnswer<readonly IamRole[]> {
  if ('name' in roles) return { failure: roles };
  return {
    output: roles.map((arn) => ({ arn, name: arn.split('/').at(-1) ?? '', roleId: 'AROA', createDate: 0 })),
  };
}

export function clusterNamed(name: string, authenticationMode: AuthenticationMode): Cluster {
  return {
    ...at(authenticationMode),
    name,
    arn: `arn:aws:eks:us-east-1:${ACCOUNT}:cluster/${name}`,
    status: 'ACTIVE',
    endpoint: 'https://example',
    certificateAuthority: 'pem',
  };
}

const OWNER = 'v1/arn:aws:cloudformation:us-east-1:111122223333:stack/app/1';

/** Principals with access entries of the provider in each cluster; `expires`: of one of them, by cluster and number. */
export function ownEntries(clusters: readonly string[], each: number, expires: Record<string, string> = {}) {
  const tagsOf = (cluster: string, index: number): Record<string, string> => {
    const date = expires[`${cluster}/${index}`];
    return {
      'cfn-eks-access:owner': `${OWNER}/A${index}`,
      ...(date ? { 'cfn-eks-access:expires': date } : {}),
    };
  };
  return Object.fromEntries(
    clusters.map((cluster) => [
      cluster,
      Object.fromEntries(
        Array.from({ length: each }, (_, index) => [
          `arn:aws:iam::${ACCOUNT}:role/r${index}`,
          tagsOf(cluster, index),
        ]),
      ),
    ]),
  );
}

function entryOf(principalArn: string, tags: Readonly<Record<string, string>>): CurrentAccessEntry {
  return {
    principalArn,
    accessEntryArn: 'arn',
    type: 'STANDARD',
    username: 'x',
    groups: [],
    policies: [],
    tags,
    createdAt: new Date(0),
  };
}

export const named = (count: number, mode: AuthenticationMode): Account['modes'] =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, mode]));
export const last = ({ lines }: Seen): Line | undefined => lines.at(-1);
