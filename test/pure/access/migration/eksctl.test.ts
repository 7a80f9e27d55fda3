/** The inputs that `eksctl utils migrate-to-access-entry` gets wrong, as docs/migration.md tells them: our column is made here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SeenCluster } from '../../../../access/explain/seen-cluster';
import { planMigration } from '../../../../access/migration/plan';
import { seenAwsAuth } from '../explain/seen';

const page = readFileSync(join(__dirname, '../../../../docs/migration.md'), 'utf8');
const iam = (name: string, account = '111122223333', partition = 'aws'): string =>
  `arn:${partition}:iam::${account}:role/${name}`;
const mapped = (arn: string, username: string, groups: string): string =>
  `- rolearn: ${arn}\n  username: ${JSON.stringify(username)}\n  groups: [${groups}]\n`;
const roles = (text: string, more: SeenCluster = {}): SeenCluster => ({
  mode: 'CONFIG_MAP',
  awsAuth: seenAwsAuth({ mapRoles: text }),
  ...more,
});
const NODE = ['system:bootstrappers', 'system:nodes'].join(', ');
const INSTANCE = 'system:node:{{EC2PrivateDNSName}}';

const INPUTS: Readonly<Record<string, SeenCluster>> = {
  'the creator of the cluster': roles(
    mapped(iam('maker'), 'arn:aws:sts::111122223333:assumed-role/maker/{{SessionName}}', 'system:masters'),
    { creator: iam('maker') },
  ),
  "a role `admin` of another account, beside one of the cluster's own": roles(
    mapped(iam('admin', '444455556666'), 'partner', 'viewers'),
    { clusterRole: iam('cluster'), roles: [{ arn: iam('team/admin') }] },
  ),
  'the role of a managed node group': roles(mapped(iam('nodes'), INSTANCE, NODE), {
    nodeRoles: [{ arn: iam('nodes'), nodeGroup: 'general' }],
  }),
  'the role of a Fargate profile': roles(
    mapped(iam('fargate'), 'system:node:{{SessionName}}', `${NODE}, system:node-proxier`),
  ),
  '`system:masters` beside other groups': roles(mapped(iam('ops'), 'ops', 'system:masters, auditors')),
  '`system:masters` in another partition': roles(
    mapped(iam('ops', '111122223333', 'aws-cn'), 'ops', 'system:masters'),
  ),
  'two entries for one role': roles(
    mapped(iam('dev'), 'old', 'admins') + mapped(iam('dev'), 'new', 'viewers'),
  ),
  'a role with its path, which matches nobody': roles(mapped(iam('team/ops'), 'ops', 'system:masters')),
  'text that is no ARN': roles(mapped('admin', 'admin', 'system:masters') + mapped(iam('dev'), 'dev', 'a')),
};

function ours(cluster: SeenCluster): string {
  return planMigration(cluster)
    .rows.map(({ verdict, reason, planned }) => {
      if (planned === undefined) return `${verdict}: ${reason}`;
      const { principalArn, type, username = '', groups, policies } = planned.entry;
      const gives = [type, username, ...groups, ...policies.map(({ policyArn }) => policyArn)];
      return `${verdict}: \`${principalArn}\`, ${gives.map((each) => `\`${each}\``).join(', ')}`;
    })
    .join('; ');
}

test.each(Object.entries(INPUTS))('%s', (input, cluster) => {
  const row = page.split('\n').find((line) => line.startsWith(`| ${input} |`));
  expect(row?.split('|').at(-2)?.trim()).toBe(ours(cluster));
});

test('the page has no other rows', () => {
  const table = page.slice(page.indexOf('| in aws-auth |')).split('\n\n')[0] ?? '';
  expect(table.split('\n').slice(2).filter(Boolean)).toHaveLength(Object.keys(INPUTS).length);
});
