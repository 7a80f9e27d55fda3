/** What the CDK CLI asks of an account that was bootstrapped: version, bucket, assets, change sets that change nothing else. */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { strToU8, zipSync } from 'fflate';
import { type LocalAws, startLocalAws } from '../../../../local/aws/local-aws';

const BUCKET = 'cdk-hnb659fds-assets-111122223333-us-east-1';
const VERSION = '/cdk-bootstrap/hnb659fds/version';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

async function ssm(operation: string, input: object): Promise<unknown> {
  const headers = { 'x-amz-target': `AmazonSSM.${operation}`, 'content-type': 'application/x-amz-json-1.1' };
  const answer = await fetch(aws.endpoints.ssm, { method: 'POST', headers, body: JSON.stringify(input) });
  return [answer.status, await answer.json()];
}

async function upload(key: string, files: Readonly<Record<string, string>>): Promise<void> {
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
  const answer = await fetch(`${aws.endpoints.s3}/${BUCKET}/${key}`, {
    method: 'PUT',
    body: Buffer.from(zip),
  });
  expect(answer.status).toBe(200);
}

const template = (key: string, description = ''): string =>
  JSON.stringify({
    Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: VERSION } },
    Resources: {
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'asset',
          Description: description,
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: 'arn:aws:iam::111122223333:role/r',
          Code: { S3Bucket: BUCKET, S3Key: key },
        },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['F', 'Arn'] } } },
  });

test('the version of the bootstrap stack, and its bucket without an encryption of its own', async () => {
  expect(await ssm('GetParameter', { Name: VERSION })).toMatchObject([200, { Parameter: { Value: '30' } }]);
  expect(await ssm('GetParameter', { Name: '/none' })).toMatchObject([400, { __type: 'ParameterNotFound' }]);
  expect(await ssm('PutParameter', {})).toMatchObject([400, { __type: 'NotInLocalAws' }]);
  const answer = await fetch(`${aws.endpoints.s3}/${BUCKET}?encryption`);
  expect([answer.status, await answer.text()]).toEqual([
    404,
    expect.stringContaining('ServerSideEncryptionConfigurationNotFoundError'),
  ]);
});

test('a function runs from its asset, and an update keeps the parameter that names one of SSM', async () => {
  await upload('a.zip', { 'index.js': 'exports.handler = async () => "from the asset"', LICENSE: 'x' });
  const stack = await aws.cloudformation.createStack({ name: 'asset', template: template('a.zip') });
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(await aws.lambda.invoke(stack.outputValues['Arn'] ?? '', {})).toEqual({
    status: 'success',
    payload: 'from the asset',
  });
  const client = new CloudFormationClient({
    region: aws.region,
    endpoint: aws.endpoints.cloudformation,
    credentials: aws.iam.credentialsFor(aws.iam.roleArn('admin'), 'jane'),
  });
  const Parameters = [{ ParameterKey: 'BootstrapVersion', UsePreviousValue: true }];
  await client.send(
    new UpdateStackCommand({ StackName: 'asset', TemplateBody: template('a.zip', 'new'), Parameters }),
  );
  await aws.cloudformation.idle();
  const { Stacks: [shown] = [] } = await client.send(new DescribeStacksCommand({ StackName: 'asset' }));
  client.destroy();
  expect(shown).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
    Parameters: [{ ParameterKey: 'BootstrapVersion', ParameterValue: VERSION, ResolvedValue: '30' }],
  });
});

test.each([
  ['none', undefined],
  ['several', { 'index.js': 'require("./b")', 'b.js': '' }],
  ['other', { 'other.js': '' }],
])('asset %s is no code that can run here', async (key, files) => {
  if (files) await upload(key, files);
  const stack = await aws.cloudformation.createStack({
    name: key,
    template: template(key).replace('asset', key),
  });
  expect(await aws.lambda.invoke(stack.outputValues['Arn'] ?? '', {})).toMatchObject({
    status: 'error',
    error: {
      errorMessage: `the function has its code in the bucket ${BUCKET}, and what can run here is code inline (ZipFile), or a zip of one JavaScript file in a bucket of the local S3`,
    },
  });
});
