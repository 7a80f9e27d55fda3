/**
 * The rule that tells what others do with access entries, judged by another author's EventBridge (ministack): which records
 * of CloudTrail it matches, and which not.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foreignChanges } from '../../../cdk/operations/foreign-changes';
import { type Ministack, startMinistack } from '../cdk-cli/ministack';
import { findTools } from '../setup/tools';

const ACCOUNT = '111122223333';
const OURS = `arn:aws:iam::${ACCOUNT}:role/EksAccessProvider-Role-1A2B`;
const ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-events-'));
let ministack: Ministack;
beforeAll(async () => {
  ministack = await startMinistack({ tools: findTools(), folder, mark: randomUUID() });
});
afterAll(async () => {
  await ministack.part.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** As EventBridge hears of a call; the fields of the record that CloudTrail's documentation and public samples have. */
function record(eventName: string, detail: object): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.eks',
    account: ACCOUNT,
    time: '2026-11-27T01:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      eventVersion: '1.11',
      eventSource: 'eks.amazonaws.com',
      eventName,
      awsRegion: 'eu-west-1',
      requestParameters: { name: 'prod', principalArn: `arn:aws:iam::${ACCOUNT}:role/dev` },
      ...detail,
    },
  };
}

const session = (issuer: string): object => ({
  userIdentity: {
    type: 'AssumedRole',
    arn: issuer.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/') + '/session',
    sessionContext: { sessionIssuer: { type: 'Role', arn: issuer } },
  },
});
const other = session(`arn:aws:iam::${ACCOUNT}:role/terraform`);
const user = { userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/alice` } };
const service = { userIdentity: { type: 'AWSService', invokedBy: 'eks.amazonaws.com' } };
const associating = (policyArn: string): object => ({
  requestParameters: {
    name: 'prod',
    principalArn: `arn%3Aaws%3Aiam%3A%3A${ACCOUNT}%3Arole%2Fdev`,
    policyArn,
    accessScope: { type: 'cluster' },
  },
});

async function matches(event: object): Promise<unknown> {
  const answer = await fetch(`${ministack.url}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.TestEventPattern',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261127/eu-west-1/events/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({
      EventPattern: JSON.stringify(foreignChanges(OURS)),
      Event: JSON.stringify(event),
    }),
  });
  const body = (await answer.json()) as { readonly Result?: boolean };
  return body.Result ?? body;
}

test.each<readonly [string, object, boolean]>([
  ['another role makes an entry', record('CreateAccessEntry', other), true],
  ['another role changes one', record('UpdateAccessEntry', other), true],
  ['another role deletes one', record('DeleteAccessEntry', other), true],
  ['a user makes one', record('CreateAccessEntry', user), true],
  ['a service of AWS makes one', record('CreateAccessEntry', service), true],
  [
    'another role gives an admin policy',
    record('AssociateAccessPolicy', { ...other, ...associating(ADMIN) }),
    true,
  ],
  [
    'in another partition',
    record('AssociateAccessPolicy', {
      ...user,
      ...associating('arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy'),
    }),
    true,
  ],
  ['a role whose name begins as ours', record('CreateAccessEntry', session(`${OURS}-2`)), true],
  ['ours makes one', record('CreateAccessEntry', session(OURS)), false],
  [
    'ours gives an admin policy',
    record('AssociateAccessPolicy', { ...session(OURS), ...associating(ADMIN) }),
    false,
  ],
  [
    'another gives a policy to view',
    record('AssociateAccessPolicy', {
      ...other,
      ...associating('arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy'),
    }),
    false,
  ],
  ['a call that was refused', record('CreateAccessEntry', { ...other, errorCode: 'AccessDenied' }), false],
  ['another looks', record('DescribeAccessEntry', other), false],
  ['another service', { ...record('CreateAccessEntry', other), source: 'aws.iam' }, false],
])('%s', async (_, event, expected) => {
  expect(await matches(event)).toBe(expected);
});
