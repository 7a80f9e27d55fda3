/** The runbook's page "Another principal changed access entries", from the look to the way back, as it is written there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demonstrationAwsAuth, startSession, type Session } from '../../../../local/demo/session';
import { letProviderIn, map, mapping, role } from '../../scenarios/following/followed';
import { type Ran } from '../program';
import { environmentOf, runWith } from './cluster';

const CALLER = role('Administrator');
const INTRUDER = role('intruder');

let session: Session;
beforeAll(async () => {
  session = await startSession({ mode: 'API', awsAuth: demonstrationAwsAuth(), administrator: CALLER });
});
afterAll(() => session.aws.stop());

function run(line: string): Promise<Ran> {
  const { aws } = session;
  return runWith(
    {
      ...environmentOf(aws.controlPlane, CALLER),
      AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoints.cloudformation,
    },
    `${line} --cluster my-cluster`,
  );
}

test('who was let in is listed and taken back; what became of mappings is told, and comes back with another Revision', async () => {
  letProviderIn({ session });
  const { cluster } = session;
  await map({ session }, 'app', { A: mapping('foo', { Groups: ['team-a'] }), B: mapping('bar') });
  const asMapped = ['foo', 'bar'].map((name) => cluster.loginAs(role(name)));

  // What the rule for foreign changes tells: made with an admin policy, changed, deleted.
  cluster.putAccessEntry({ principalArn: INTRUDER, policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }] });
  const entry = cluster.accessEntry(role('foo'));
  cluster.putAccessEntry({ ...entry, principalArn: role('foo'), policies: [], kubernetesGroups: ['team-b'] });
  cluster.deleteAccessEntry(role('bar'));

  expect((await run('list')).stdout).toMatch(/role\/intruder\b/);
  cluster.deleteAccessEntry(INTRUDER);
  expect((await run('list')).stdout).not.toMatch(/role\/intruder\b/);

  const drift = (await run('drift')).stdout;
  expect(drift).toContain('2 mappings in 1 stack: 1 changed, 1 gone.');
  const Revision = '2026-11-27';
  await map({ session }, 'app', {
    A: mapping('foo', { Groups: ['team-a'], Revision }),
    B: mapping('bar', { Revision }),
  });
  expect(['foo', 'bar'].map((name) => cluster.loginAs(role(name)))).toEqual(asMapped);
  expect((await run('drift')).stdout).toMatch(/As declared: 2 mappings in 1 stack\./);
});

test('the page names these commands', () => {
  const runbook = readFileSync(join(__dirname, '../../../../docs/runbook.md'), 'utf8');
  const page = /## Another principal changed access entries\n([^]*?)\n## /.exec(runbook)?.[1] ?? '';
  for (const part of [
    'eks-access list --cluster NAME',
    'aws eks delete-access-entry --cluster-name NAME',
    'eks-access drift --cluster NAME',
    '[run it again](#run-a-mapping-again)',
  ])
    expect(page).toContain(part);
});
