/** Runs rows of the table through the built function, and reads what docs/faults.md says of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT, PROVIDER_GROUP } from '../../../access/contract';
import { givenWorld, NODES, PROVIDER, type World } from '../scenarios/world';
import { type Call, type Stage } from './calls';
import { Run } from './cell';
import { COLUMNS } from './columns';

export const CREATOR = 'arn:aws:iam::111122223333:role/creator';
const SET = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO';
const rbac = readFileSync(join(__dirname, '../../../samples/provider-rbac.yaml'), 'utf8');
const page = readFileSync(join(__dirname, '../../../docs/faults.md'), 'utf8');

/** Head and cells of a row of a table in docs/faults.md, by the row's first cell. */
export function told(name: string): Readonly<Record<string, string>> {
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
  const row = rows.findIndex(([first]) => first === name);
  const head = rows.slice(0, row).findLast(([first]) => first === 'call' || first === 'service') ?? [];
  return Object.fromEntries(head.slice(1).map((column, index) => [column, rows[row]?.[index + 1] ?? '']));
}

type Outcomes = Record<string, Record<string, string>>;

/** As many as there are containers: an event that waits for one would be older than it says. Few, since each needs a processor. */
const AT_ONCE = 4;

/** What each fault comes to, of each call by its name; where an expectation is broken, which one. */
export async function outcomesOf(calls: readonly Call[], timeoutSeconds = 60): Promise<Readonly<Outcomes>> {
  const cells = calls.flatMap((call, row) =>
    COLUMNS.map((column, index) => ({
      call,
      column,
      once: stageOf(call, `R${row}C${index}x`),
      lasting: stageOf(call, `R${row}C${index}y`),
      outcomes: { once: '', lasting: '' },
    })),
  );
  const stages = cells.flatMap(({ call, once, lasting }) =>
    call.ownCluster === 'by a role' ? [once, lasting] : [],
  );
  const roles = Object.fromEntries(stages.map(({ cluster }) => [cluster, `${CREATOR}-${cluster}`]));
  const world = await givenWorld({
    mode: 'API',
    timeoutSeconds,
    environment: { [ENVIRONMENT.clusterRoles]: JSON.stringify(roles) },
    aws: { concurrency: AT_ONCE },
  });
  try {
    for (const { call, once, lasting } of cells)
      for (const stage of [once, lasting]) await prepare(world, call, stage);
    await warmUp(world);
    const runs = cells.flatMap((cell) => (['once', 'lasting'] as const).map((which) => ({ ...cell, which })));
    await inTurn(runs, async ({ call, column, which, outcomes, ...stages }) => {
      const stage = stages[which];
      const run = new Run(world, call, column, stage);
      outcomes[which] = await (which === 'once' ? run.once() : run.lasting()).catch(String);
    });
  } finally {
    await world.stop();
  }
  const table: Outcomes = {};
  for (const { call, column, outcomes } of cells)
    (table[call.name] ??= {})[column.name] = inShort(outcomes.once, outcomes.lasting);
  return table;
}

/** Loads the function into every container: what a lasting fault is given is little time. */
async function warmUp(world: World): Promise<void> {
  const nothing = { type: 'Delete' as const, properties: {}, physicalId: 'create-failed|none' };
  await Promise.all(Array.from({ length: AT_ONCE }, () => world.invoke(nothing)));
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

export function stageOf(call: Call, logicalId: string): Stage {
  const digits = logicalId.replace(/\D/g, '').padStart(16, '0');
  return {
    logicalId,
    cluster: call.ownCluster ? logicalId : 'my-cluster',
    roleArn: call.name.startsWith('iam:')
      ? `${SET}_${logicalId}_${digits}`
      : `arn:aws:iam::111122223333:role/team/${logicalId}`,
  };
}

/** The word of the table. */
export function inShort(once: string, lasting: string): string {
  const words: Readonly<Record<string, string>> = {
    'done, done': 'passes',
    'done, fails': 'again',
    'fails, fails': 'fails',
    'believed, believed': 'believed',
  };
  return words[`${once}, ${lasting}`] ?? `once: ${once}; lasting: ${lasting}`;
}

export async function prepare(world: World, call: Call, stage: Stage): Promise<void> {
  const { iam, controlPlane } = world.aws;
  iam.addPrincipal(stage.roleArn);
  if (!call.ownCluster) return;
  const isOpen = call.ownCluster === 'with aws-auth' || call.ownCluster === 'both places';
  const creatorArn = call.ownCluster === 'by a role' ? `${CREATOR}-${stage.logicalId}` : undefined;
  if (creatorArn !== undefined) iam.addPrincipal(creatorArn);
  const cluster = await controlPlane.createCluster({
    name: stage.cluster,
    authenticationMode:
      call.ownCluster === 'with aws-auth' || call.ownCluster === 'by a role'
        ? 'CONFIG_MAP'
        : 'API_AND_CONFIG_MAP',
    awsAuth:
      call.ownCluster === 'without aws-auth'
        ? null
        : {
            metadata: { name: 'aws-auth', namespace: 'kube-system' },
            data: { mapRoles: isOpen ? NODES + PROVIDER : NODES },
          },
    ...(creatorArn === undefined ? {} : { creatorArn }),
  });
  cluster.applyRbac(rbac);
  if (cluster.authenticationMode !== 'CONFIG_MAP')
    cluster.putAccessEntry({ principalArn: world.providerArn, kubernetesGroups: [PROVIDER_GROUP] });
}
