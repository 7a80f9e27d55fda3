/** The local IAM as the SDK asks it: the roles that templates and tests have made. */
import {
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { type LocalAws, startLocalAws } from '../../../../../local/aws/local-aws';

let aws: LocalAws;
let client: IAMClient;
beforeAll(async () => {
  aws = await startLocalAws();
  client = new IAMClient({
    region: 'eu-west-1',
    endpoint: aws.endpoints.iam,
    credentials: aws.iam.credentialsFor(aws.iam.roleArn('admin')),
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

const getRole = async (RoleName: string) => (await client.send(new GetRoleCommand({ RoleName }))).Role;

test('a role that a template makes is there, and is gone with its stack', async () => {
  const statement = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'ec2.amazonaws.com' },
  };
  const AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [statement] };
  const properties = { RoleName: 'Dev', Path: '/team/', AssumeRolePolicyDocument };
  const body = { Resources: { Dev: { Type: 'AWS::IAM::Role', Properties: properties } } };
  await aws.cloudformation.createStack({ name: 'roles', template: JSON.stringify(body) });
  await aws.cloudformation.idle();
  const arn = aws.iam.roleArn('team/Dev');
  const found = await getRole('dev');
  expect(found).toMatchObject({
    Arn: arn,
    Path: '/team/',
    RoleName: 'Dev',
    RoleId: aws.iam.uniqueId(arn),
  });
  expect(found?.CreateDate).toBeInstanceOf(Date);
  await aws.cloudformation.deleteStack('roles');
  await aws.cloudformation.idle();
  await expect(getRole('Dev')).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('a role that is made again has another id and another date', async () => {
  const arn = aws.iam.roleArn('Again');
  aws.iam.addPrincipal(arn);
  const first = await getRole('Again');
  aws.iam.removePrincipal(arn);
  aws.iam.addPrincipal(arn);
  expect((await getRole('Again'))?.RoleId).not.toBe(first?.RoleId);
});

test('roles are listed by path and name, a page at a time, of the caller’s account alone', async () => {
  const names = ['x/b', 'x/a', 'x/y/c', 'xx/d'];
  names.forEach((name) => aws.iam.addPrincipal(aws.iam.roleArn(name)));
  aws.iam.addPrincipal('arn:aws:iam::999999999999:role/x/e');
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateListRoles({ client, pageSize: 2 }, { PathPrefix: '/x/' }))
    pages.push((page.Roles ?? []).map(({ RoleName }) => RoleName));
  expect(pages).toEqual([['a', 'b'], ['c']]);
});

test('what it cannot do it refuses by name, and who signs wrongly is not told anything', async () => {
  await expect(
    client.send(new CreateRoleCommand({ RoleName: 'x', AssumeRolePolicyDocument: '{}' })),
  ).rejects.toMatchObject({ name: 'InvalidAction' });
  const stranger = new IAMClient({
    region: 'us-east-1',
    endpoint: aws.endpoints.iam,
    credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
  await expect(stranger.send(new ListRolesCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
  stranger.destroy();
});
