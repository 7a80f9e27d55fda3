import { toIdentityMapping } from '../../../../access/aws-auth/translate';
import { refusalOf } from '../refusal';
import { account, ACCOUNT, clusterWide, native, role, user } from '../desired';

const DEV = `arn:aws:iam::${ACCOUNT}:role/Dev`;
const NODES = ['system:bootstrappers', 'system:nodes'];

it.each([
  [
    'a role, without its path and with the default user name (GT-30, GT-81)',
    role(),
    {
      section: 'mapRoles',
      arn: DEV,
      username: `arn:aws:sts::${ACCOUNT}:assumed-role/Dev/{{SessionName}}`,
      groups: [],
    },
  ],
  [
    'what the template gives',
    role({ userName: '{{SessionName}}', groups: ['b', 'system:masters', 'a'] }),
    { section: 'mapRoles', arn: DEV, username: '{{SessionName}}', groups: ['b', 'system:masters', 'a'] },
  ],
  [
    'type STANDARD',
    role({ type: 'STANDARD', userName: 'x' }),
    { section: 'mapRoles', arn: DEV, username: 'x', groups: [] },
  ],
  [
    'a Linux node',
    role({ type: 'EC2_LINUX' }),
    { section: 'mapRoles', arn: DEV, username: 'system:node:{{EC2PrivateDNSName}}', groups: NODES },
  ],
  [
    'a Windows node',
    role({ type: 'EC2_WINDOWS' }),
    {
      section: 'mapRoles',
      arn: DEV,
      username: 'system:node:{{EC2PrivateDNSName}}',
      groups: [...NODES, 'eks:kube-proxy-windows'],
    },
  ],
  [
    'a Fargate pod',
    role({ type: 'FARGATE_LINUX' }),
    {
      section: 'mapRoles',
      arn: DEV,
      username: 'system:node:{{SessionName}}',
      groups: [...NODES, 'system:node-proxier'],
    },
  ],
  [
    'a hybrid node',
    role({ type: 'HYBRID_LINUX' }),
    { section: 'mapRoles', arn: DEV, username: 'system:node:{{SessionName}}', groups: NODES },
  ],
  [
    'a node type that repeats its own',
    role({ type: 'EC2_LINUX', userName: 'system:node:{{EC2PrivateDNSName}}', groups: [...NODES].reverse() }),
    { section: 'mapRoles', arn: DEV, username: 'system:node:{{EC2PrivateDNSName}}', groups: NODES },
  ],
  [
    'a service-linked role',
    role({
      arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/emr-containers.amazonaws.com/AWSServiceRoleForAmazonEMRContainers`,
      userName: 'emr-containers',
    }),
    {
      section: 'mapRoles',
      arn: `arn:aws:iam::${ACCOUNT}:role/AWSServiceRoleForAmazonEMRContainers`,
      username: 'emr-containers',
      groups: [],
    },
  ],
  [
    'a user, with its path (GT-31)',
    user({ arn: `arn:aws:iam::${ACCOUNT}:user/team/ops` }),
    {
      section: 'mapUsers',
      arn: `arn:aws:iam::${ACCOUNT}:user/team/ops`,
      username: `arn:aws:iam::${ACCOUNT}:user/team/ops`,
      groups: [],
    },
  ],
  ['an account', account(), { section: 'mapAccounts', accountId: ACCOUNT }],
])('writes %s', (_, desired, mapping) => {
  expect(toIdentityMapping(desired)).toEqual({ mapping });
});

it.each([
  [
    'access policies',
    role({ accessPolicies: [clusterWide('AmazonEKSACKPolicy')] }),
    'AccessPolicies has "AmazonEKSACKPolicy", but this mapping lives in aws-auth',
  ],
  ['the native shape', native(), 'Custom::EksAccessEntry is always an access entry'],
  ['Auto Mode nodes', role({ type: 'EC2' }), 'Type is EC2, which exists as an access entry only'],
  [
    'HyperPod nodes',
    role({ type: 'HYPERPOD_LINUX' }),
    'Type is HYPERPOD_LINUX, which exists as an access entry only',
  ],
])('cannot say %s', (_, desired, message) => {
  expect(toIdentityMapping(desired)).toEqual({
    unsupported: expect.stringContaining(message) as string,
  });
});

it.each([
  [
    'a node with a user name of its own',
    role({ type: 'EC2_LINUX', userName: 'me' }),
    'UserName is "me", but Type EC2_LINUX has its own user name: remove UserName',
  ],
  [
    'a node with other groups',
    role({ type: 'EC2_LINUX', groups: ['system:nodes'] }),
    'Groups is system:nodes, but Type EC2_LINUX has its own groups',
  ],
  ['a user as a node', user({ type: 'EC2_LINUX' }), 'UserArn is not a role: only IAM roles can be nodes'],
])('refuses %s', (_, desired, message) => {
  expect(refusalOf(() => toIdentityMapping(desired))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(message) as string,
  });
});
