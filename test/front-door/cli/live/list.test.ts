/** What people see of a live cluster: the sample document with two access entries, at three widths and in three modes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { TAGS } from '../../../../access/contract';
import { type ConfigMapManifest } from '../../../../local/aws/control-plane';
import { SAMPLE } from '../../../pure/access/explain/sample';
import { root } from '../program';
import { ACCOUNT, givenCluster, type LiveWorld } from './cluster';

const ADMIN = `${ACCOUNT}:role/platform-admin`;
const awsAuth = load(SAMPLE) as ConfigMapManifest;

const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/ci/00000000-0000-0000-0000-000000000000';
const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const;

async function givenSample(mode: (typeof MODES)[number]): Promise<LiveWorld> {
  const world = await givenCluster({
    authenticationMode: mode,
    awsAuth,
    creatorArn: ADMIN,
    managedNodeRoles: mode === 'API' ? [`${ACCOUNT}:role/prod-node`] : [],
  });
  if (mode !== 'CONFIG_MAP')
    world.cluster.putAccessEntry({
      principalArn: `${ACCOUNT}:role/ci-deploy`,
      username: 'ci',
      kubernetesGroups: ['ci-runners'],
      tags: { [TAGS.owner]: `v1/${STACK}/DeployAccess` },
    });
  return { ...world, run: (line, options) => world.run(line, { as: ADMIN, ...options }) };
}

const golden = (name: string): string =>
  readFileSync(join(root, 'test/fixtures/eks-access', `${name}.txt`), 'utf8');

test.each(MODES)('a cluster in mode %s, at three widths and plain', async (mode) => {
  const { run } = await givenSample(mode);
  const name = `list-live-${mode.toLowerCase().replaceAll('_', '-')}`;
  for (const width of [60, 80, 120]) {
    const { code, stdout, stderr } = await run('list --cluster prod', { env: { COLUMNS: `${width}` } });
    expect(stdout).toBe(golden(`${name}-${width}`));
    expect(stdout.split('\n').filter((line) => line.length > width)).toEqual([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Next: eks-access doctor --cluster prod\n' });
  }
  expect((await run('list --cluster prod --plain')).stdout).toBe(golden(`${name}-plain`));
});
