/** Every kind of principal that a template can map: what it says, and as whom the authenticator lets its token in. */
import { privateDnsName } from './rig/aws-front';
import { type Login } from './rig/rig';
import { type Resources } from './rig/stacks';

export const account = 'arn:aws:iam::111122223333';
const instance = 'i-0a1b2c3d4e5f6072a';

export interface Case {
  readonly what: string;
  readonly type: Resources[string][0];
  readonly properties: Readonly<Record<string, unknown>>;
  /** Who signs the token, and in which session. */
  readonly arn: string;
  readonly session?: string;
  readonly expected: Login;
  /** What the next update says, and what comes of it. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly changed: Login;
}

const nodeGroups = ['system:bootstrappers', 'system:nodes'];
export const cases: readonly Case[] = [
  {
    what: 'a user',
    type: 'Custom::EksMapUsersEntry',
    properties: { UserArn: `${account}:user/alice`, UserName: 'alice', Groups: ['viewers'] },
    arn: `${account}:user/alice`,
    expected: { username: 'alice', groups: ['viewers'] },
    change: { Groups: ['editors'] },
    changed: { username: 'alice', groups: ['editors'] },
  },
  {
    what: 'a user with a path and no user name',
    type: 'Custom::EksMapUsersEntry',
    properties: { UserArn: `${account}:user/team/bob`, Groups: ['viewers'] },
    arn: `${account}:user/team/bob`,
    expected: { username: `${account}:user/team/bob`, groups: ['viewers'] },
    change: { UserName: 'bob' },
    changed: { username: 'bob', groups: ['viewers'] },
  },
  {
    what: 'a role with a path',
    type: 'Custom::EksMapRolesEntry',
    properties: { RoleArn: `${account}:role/team/dev/Admin`, UserName: 'admin', Groups: ['ops'] },
    arn: `${account}:role/team/dev/Admin`,
    expected: { username: 'admin', groups: ['ops'] },
    change: { Groups: ['ops', 'audit'] },
    changed: { username: 'admin', groups: ['ops', 'audit'] },
  },
  {
    what: 'a role of IAM Identity Center',
    type: 'Custom::EksMapRolesEntry',
    properties: {
      RoleArn: `${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Developer_0123456789abcdef`,
      UserName: 'developer:{{SessionName}}',
      Groups: ['dev'],
    },
    arn: `${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Developer_0123456789abcdef`,
    session: 'carol@example.com',
    expected: { username: 'developer:carol-example.com', groups: ['dev'] },
    change: { UserName: 'developer:{{SessionNameRaw}}' },
    changed: { username: 'developer:carol@example.com', groups: ['dev'] },
  },
  {
    what: 'a role and no user name',
    type: 'Custom::EksMapRolesEntry',
    properties: { RoleArn: `${account}:role/plain` },
    arn: `${account}:role/plain`,
    session: 'dave@example.com',
    expected: { username: 'arn:aws:sts::111122223333:assumed-role/plain/dave-example.com', groups: [] },
    change: { UserName: 'account-{{AccountID}}', Groups: ['team-{{AccountID}}'] },
    changed: { username: 'account-111122223333', groups: ['team-111122223333'] },
  },
  {
    what: 'a role of another account, in capitals',
    type: 'Custom::EksMapRolesEntry',
    properties: {
      RoleArn: 'arn:aws:iam::444455556666:role/CrossAccount',
      UserName: 'cross',
      Groups: ['guests'],
    },
    arn: 'arn:aws:iam::444455556666:role/CrossAccount',
    expected: { username: 'cross', groups: ['guests'] },
    change: { UserName: 'yes' },
    changed: { username: 'yes', groups: ['guests'] },
  },
  {
    what: 'a name that YAML would take for something else',
    type: 'Custom::EksMapRolesEntry',
    properties: {
      RoleArn: `${account}:role/odd`,
      UserName: '0123: "x" #{{SessionName}}',
      Groups: ['null', '- a', 'ünï'],
    },
    arn: `${account}:role/odd`,
    expected: { username: '0123: "x" #session', groups: ['null', '- a', 'ünï'] },
    change: { Groups: ['~', '*a', '1e3'] },
    changed: { username: '0123: "x" #session', groups: ['~', '*a', '1e3'] },
  },
  {
    what: 'Linux nodes, by the name that EC2 gives the instance',
    type: 'Custom::EksMapRolesEntry',
    properties: { RoleArn: `${account}:role/nodes`, Type: 'EC2_LINUX' },
    arn: `${account}:role/nodes`,
    session: instance,
    expected: { username: `system:node:${privateDnsName(instance)}`, groups: nodeGroups },
    change: { Type: 'EC2_WINDOWS' },
    changed: {
      username: `system:node:${privateDnsName(instance)}`,
      groups: [...nodeGroups, 'eks:kube-proxy-windows'],
    },
  },
  {
    what: 'Fargate pods',
    type: 'Custom::EksMapRolesEntry',
    properties: { RoleArn: `${account}:role/pods`, Type: 'FARGATE_LINUX' },
    arn: `${account}:role/pods`,
    session: 'fargate-ip-10-0-0-7',
    expected: { username: 'system:node:fargate-ip-10-0-0-7', groups: [...nodeGroups, 'system:node-proxier'] },
    change: { Type: 'HYBRID_LINUX' },
    changed: { username: 'system:node:fargate-ip-10-0-0-7', groups: nodeGroups },
  },
];
