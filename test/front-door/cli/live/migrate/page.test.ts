/** The commands of docs/migration.md, read from the page and run in its order. */
import { readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, root } from '../../program';
import { ACCOUNT } from '../cluster';
import { DATA, givenMoving, STAYS } from './moving';

jest.setTimeout(120_000);

const page = readFileSync(join(root, 'docs/migration.md'), 'utf8');
const commands = [...page.matchAll(/^```sh\n(.*?)```$/gms)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line.startsWith('eks-access migrate '))
  .map((line) => line.replace('eks-access ', ''));

test('the page has the commands that are rehearsed', () => {
  expect(commands).toEqual([
    'migrate --cluster prod',
    'migrate --cluster prod --approve DIGEST --save aws-auth.yaml',
    'migrate --cluster prod --approve DIGEST --bake 60',
    'migrate --cluster prod --approve-api DIGEST',
    'migrate --cluster prod --approve DIGEST --undo',
  ]);
});

const data = { ...DATA, mapRoles: DATA.mapRoles.slice(0, DATA.mapRoles.lastIndexOf('# a comment')) };

test('to mode API', async () => {
  const { cluster, run, logins } = await givenMoving('CONFIG_MAP', { awsAuth: { data } });
  const before = logins();
  const cwd = folderWith();
  unlinkSync(join(cwd, 'aws-auth.yaml'));
  const [told = '', make = '', take = '', api = ''] = commands;
  const first = await run(told, { cwd });
  const digest = /--approve ([0-9a-f]{16})\n$/.exec(first.stderr)?.[1] ?? '';
  expect([first.code, first.stdout.split('\n')[0]]).toEqual([
    0,
    `Plan ${digest}. These steps would be taken:`,
  ]);
  const made = await run(make.replace('DIGEST', digest), { cwd });
  expect([made.code, cluster.authenticationMode]).toEqual([0, 'API_AND_CONFIG_MAP']);
  expect(readFileSync(join(cwd, 'aws-auth.yaml'), 'utf8')).not.toBe('');
  // Nobody waits for an hour here.
  const taken = await run(take.replace('DIGEST', digest).replace('--bake 60', '--bake 0'), { cwd });
  expect(taken.code).toBe(0);
  const ofApi = /--approve-api ([0-9a-f]{16})\n$/.exec(taken.stderr)?.[1] ?? '';
  const last = await run(api.replace('DIGEST', ofApi), { cwd });
  expect([last.code, cluster.authenticationMode]).toEqual([0, 'API']);
  expect(logins()).toEqual(before);
  expect(cluster.loginAs(STAYS)).toBeUndefined();
});

test('and back', async () => {
  const { cluster, run, digest } = await givenMoving('CONFIG_MAP', { awsAuth: { data } });
  const cwd = folderWith({ 'taken.yaml': '' });
  const [, make = '', , , undo = ''] = commands;
  const taken = make.replace('aws-auth.yaml', 'taken.yaml').replace('DIGEST', digest);
  const refused = await run(taken, { cwd });
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining('it is there already') as string,
  ]);
  expect(cluster.configMap(`aws-auth.before-${digest}`)).toBeUndefined();
  await run(taken.replace('taken', 'new'), { cwd });
  const back = await run(undo.replace('DIGEST', digest), { cwd });
  expect([back.code, cluster.configMap()?.data]).toEqual([0, data]);
  expect(cluster.accessEntry(`${ACCOUNT}:role/ci`)).toBeUndefined();
});
