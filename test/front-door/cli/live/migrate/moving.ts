/** A live cluster with everybody in it who can be moved, or cannot; and the program that moves it. */
import { type AuthenticationMode } from '../../../../../access/desired-access';
import { type NewCluster } from '../../../../../local/aws/local-cluster';
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld, type RunOptions } from '../cluster';
import { type Ran } from '../../program';

export const NODE = `${ACCOUNT}:role/node`;
export const PODS = `${ACCOUNT}:role/pods`;
export const CI = `${ACCOUNT}:role/ci`;
export const DEV = `${ACCOUNT}:role/teams/dev`;
export const PARTNER = 'arn:aws:iam::444455556666:role/partner';
export const ALICE = `${ACCOUNT}:user/alice`;
export const STAYS = `${ACCOUNT}:role/stays`;

export const mapped = (arn: string, username: string, groups: string, key = 'rolearn'): string =>
  `- ${key}: ${arn}\n  username: ${JSON.stringify(username)}\n  groups: [${groups}] # ${username}\n`;

export const DATA = {
  mapRoles: [
    mapped(NODE, 'system:node:{{EC2PrivateDNSName}}', 'system:bootstrappers, system:nodes'),
    mapped(PODS, 'system:node:{{SessionName}}', 'system:bootstrappers, system:nodes, system:node-proxier'),
    mapped(CI, 'ci', 'system:masters, deployers'),
    mapped(`${ACCOUNT}:role/dev`, 'old', 'a'),
    mapped(`${ACCOUNT}:role/dev`, 'dev:{{SessionName}}', 'developers'),
    mapped(PARTNER, 'partner', 'viewers'),
    mapped(STAYS, 'system:stays', 'a'),
  ].join('# a comment\n'),
  mapUsers: mapped(ALICE, 'alice', 'viewers', 'userarn'),
};

export const EVERYBODY: readonly (readonly [arn: string, session?: string])[] = [
  [NODE, 'i-0123456789abcdef0'],
  [PODS, 'pod'],
  [CI, 'jo'],
  [DEV, 'jo'],
  [PARTNER, 'jo'],
  [ALICE],
  [STAYS, 'jo'],
  [ADMIN, 'jo'],
];

/** One line of what `--json` prints. */
export interface Printed {
  readonly number?: number;
  readonly do?: string;
  readonly what?: string;
  readonly end?: string;
  readonly why?: string;
  readonly left?: readonly string[];
  readonly mode?: string;
  readonly digest?: string;
  readonly error?: { readonly message: string; readonly hint: string | null };
}

export interface Moving extends LiveWorld {
  readonly digest: string;
  /** With `--json`: its lines, the last apart. */
  readonly migrate: (
    options: string,
    as?: RunOptions,
  ) => Promise<{ ran: Ran; steps: readonly Printed[]; last: Printed }>;
  /** Who gets in, as whom. */
  readonly logins: () => readonly unknown[];
}

export async function givenMoving(mode: AuthenticationMode, more: Partial<NewCluster> = {}): Promise<Moving> {
  const world = await givenCluster({
    authenticationMode: mode,
    awsAuth: { data: DATA },
    managedNodeRoles: [NODE],
    fargateRoles: [PODS],
    ...more,
  });
  const { cluster, plane, run } = world;
  for (const [arn] of EVERYBODY) plane.iam.addPrincipal(arn);
  const { stdout } = await run('plan-migration --cluster prod --json');
  const { digest } = JSON.parse(stdout) as { readonly digest: string };
  return {
    ...world,
    digest,
    migrate: async (options, as) => {
      const ran = await run(`migrate --cluster prod --json ${options}`.trim(), { skipsWaits: true, ...as });
      const lines = ran.stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Printed);
      return { ran, steps: lines.slice(0, -1), last: lines.at(-1) ?? {} };
    },
    logins: () =>
      EVERYBODY.map(([arn, session]) => {
        const login = cluster.loginAs(arn, session);
        if (login === undefined) return [arn];
        const policies = cluster.accessEntry(arn)?.policies ?? [];
        const isAdmin =
          login.groups.includes('system:masters') ||
          (login.source === 'access-entry' &&
            policies.some(({ policyArn }) => policyArn.endsWith('/AmazonEKSClusterAdminPolicy')));
        if (login.groups.includes('system:nodes')) return [arn, 'node', login.username];
        // The creator has full control by no map, and then by its entry, under another name.
        if (arn === ADMIN) return [arn, isAdmin];
        return [
          arn,
          login.username,
          login.groups.filter((each) => each !== 'system:masters').sort(),
          isAdmin,
        ];
      }),
  };
}
