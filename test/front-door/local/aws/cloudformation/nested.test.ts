/** Nested stacks from files beside the template and from the local S3; what of them cannot be had is refused at once. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Harness, reasonOf, startHarness, TOKEN } from './harness';

const trust =
  "{Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ec2.amazonaws.com}}}";
const child = `
Parameters: {Env: {Type: String}, Names: {Type: CommaDelimitedList, Default: none}, Fail: {Type: String, Default: 'no'}}
Conditions: {Fails: !Equals [!Ref Fail, 'yes']}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: !Sub '\${Env}-role', AssumeRolePolicyDocument: ${trust}}
  Bad: {Type: AWS::IAM::Role, Condition: Fails, DependsOn: Role, Properties: {RoleName: !GetAtt Role.Arn, AssumeRolePolicyDocument: ${trust}}}
Outputs:
  RoleArn: {Value: !GetAtt Role.Arn}
  Names: {Value: !Join ['+', !Ref Names]}
`;
const parent = (url: string, parameters = `Env: dev, Names: 'a,b'`): string => `
Resources:
  Iam: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${url}, Parameters: {${parameters}}}}
  A: {Type: Custom::Thing, Properties: {ServiceToken: '${TOKEN}', Arn: !GetAtt Iam.Outputs.RoleArn, Names: !GetAtt Iam.Outputs.Names}}
`;

let cf: Harness;
let folder: string;
beforeEach(async () => {
  cf = await startHarness();
  folder = mkdtempSync(join(tmpdir(), 'nested-'));
  mkdirSync(join(folder, 'parts'));
  writeFileSync(join(folder, 'parts/iam.yaml'), child);
});
afterEach(() => cf.stop());
const request = (template: string) => ({ name: 'app', template, templateName: join(folder, 'app.yaml') });

test('a file beside the template is created, updated and deleted with it', async () => {
  const stack = await cf.engine.createStack(request(parent('./parts/iam.yaml')));
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(cf.events[0]?.ResourceProperties).toMatchObject({
    Arn: 'arn:aws:iam::111122223333:role/dev-role',
    Names: 'a+b',
  });
  const updated = await cf.engine.updateStack(request(parent('./parts/iam.yaml', 'Env: prod')));
  expect(updated.status).toBe('UPDATE_COMPLETE');
  expect(cf.events[1]?.ResourceProperties['Arn']).toBe('arn:aws:iam::111122223333:role/prod-role');
  expect(cf.iam.principalExists('arn:aws:iam::111122223333:role/dev-role')).toBe(false);
  await cf.engine.deleteStack('app');
  expect(cf.engine.stacks.all.map(({ status }) => status)).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE']);
  expect(cf.iam.principalExists('arn:aws:iam::111122223333:role/prod-role')).toBe(false);
});

test('what packaging has put into the local S3', async () => {
  cf.objects.makeBucket('b');
  cf.objects.put('b', 'deep/iam.template', Buffer.from(child));
  const stack = await cf.engine.createStack(
    request(parent('https://s3.us-east-1.amazonaws.com/b/deep/iam.template')),
  );
  expect(stack.status).toBe('CREATE_COMPLETE');
});

test('a nested stack that fails takes its parent along, with the reason', async () => {
  const stack = await cf.engine.createStack(request(parent('./parts/iam.yaml', "Env: dev, Fail: 'yes'")));
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(reasonOf(stack, 'Iam', 'CREATE_FAILED')).toMatch(
    /^Embedded stack arn:aws:cloudformation:.* was not successfully created: .*at 'roleName' failed to satisfy constraint/,
  );
  expect(cf.iam.principalExists('arn:aws:iam::111122223333:role/dev-role')).toBe(false);
  expect(cf.events).toEqual([]);
});

test.each([
  ['./parts/none.yaml', /resource Iam has the TemplateURL file:.*none\.yaml, and there is no such file/],
  [
    'https://bucket.s3.amazonaws.com/iam.yaml',
    /and the local S3 has no s3:\/\/bucket\/iam\.yaml: name a file of this machine, or under "npm run local" put it there with aws s3 cp/,
  ],
  ['https://example.com/iam.yaml', /which is neither an object of S3 nor a file of this machine/],
])('%s is refused before anything happens', async (url, sentence) => {
  await expect(cf.engine.createStack(request(parent(url)))).rejects.toThrow(sentence);
  expect(cf.engine.stacks.all).toEqual([]);
});

test('a nested template is checked with its parent: its types, and its parameters', async () => {
  writeFileSync(join(folder, 'parts/iam.yaml'), child.replace('AWS::IAM::Role', 'AWS::IAM::Rol'));
  await expect(cf.engine.createStack(request(parent('./parts/iam.yaml')))).rejects.toThrow(
    /iam\.yaml: resource Role has the type "AWS::IAM::Rol", which is no type of CloudFormation: did you mean "AWS::IAM::Role"\?/,
  );
  writeFileSync(join(folder, 'parts/iam.yaml'), child);
  await expect(cf.engine.createStack(request(parent('./parts/iam.yaml', 'Stage: dev')))).rejects.toThrow(
    'there is no parameter "Stage"',
  );
  expect(cf.engine.stacks.all).toEqual([]);
});

describe('another template under the same URL', () => {
  const url = './parts/iam.yaml';
  const rename = (to: string, rest = ''): void =>
    writeFileSync(join(folder, 'parts/iam.yaml'), child.replace("'${Env}-role'", `'\${Env}-${to}'`) + rest);
  const roles = (...names: string[]) =>
    names.filter((name) => cf.iam.principalExists(`arn:aws:iam::111122223333:role/${name}`));

  test('is taken by an update of the parent that changes nothing else', async () => {
    await cf.engine.createStack(request(parent(url)));
    rename('other');
    const stack = await cf.engine.updateStack(request(parent(url)));
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(roles('dev-role', 'dev-other')).toEqual(['dev-other']);
    expect(cf.events.at(-1)).toMatchObject({ RequestType: 'Update', LogicalResourceId: 'A' });
  });

  test('goes back with the parent, although the file is the new one', async () => {
    await cf.engine.createStack(request(parent(url)));
    rename('other');
    cf.script = ({ RequestType: type, PhysicalResourceId: id = 'a' }) =>
      type === 'Update'
        ? { Status: 'FAILED', Reason: 'no', PhysicalResourceId: id }
        : { PhysicalResourceId: id };
    const stack = await cf.engine.updateStack(request(parent(url)));
    expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED');
    cf.script = ({ PhysicalResourceId: id = 'a' }) => ({ PhysicalResourceId: id });
    expect(roles('dev-role', 'dev-other')).toEqual(['dev-role']);
  });

  test('without any change is no failure', async () => {
    await cf.engine.createStack(request(parent(url)));
    const stack = await cf.engine.updateStack(request(parent(url)));
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(cf.events).toHaveLength(1);
  });
});
