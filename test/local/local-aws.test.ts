import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalAws, startLocalAws } from '../../local/local-aws';

const code = `
const http = require('node:http');
exports.handler = (event, context) => new Promise((resolve, reject) => {
  console.log(event.RequestType + ' ' + event.LogicalResourceId);
  const fail = event.ResourceProperties.Fail === event.RequestType || event.ResourceProperties.Fail === 'true';
  const body = JSON.stringify({
    Status: fail && event.RequestType !== 'Delete' ? 'FAILED' : 'SUCCESS',
    Reason: 'told to',
    PhysicalResourceId: event.RequestType === 'Delete' ? event.PhysicalResourceId : 'thing-' + event.ResourceProperties.Name,
    StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    Data: { Name: event.ResourceProperties.Name, Region: process.env.AWS_REGION, Flag: typeof event.ResourceProperties.Flag },
  });
  const request = http.request(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } }, (response) => {
    response.resume();
    response.on('end', () => response.statusCode === 200 ? resolve() : reject(new Error('answer refused: ' + response.statusCode)));
  });
  request.on('error', reject);
  request.end(body);
});
`;

const template = (name: string, fail = 'no'): string => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /team/
      AssumeRolePolicyDocument: {Version: 2012-10-17}
  Thing:
    Type: Custom::Thing
    Properties:
      ServiceToken: !ImportValue EksAccessServiceToken
      Name: ${name}
      Flag: true
      RoleArn: !GetAtt Role.Arn
  Second:
    Type: Custom::Thing
    Properties:
      ServiceToken: !ImportValue EksAccessServiceToken
      Name: !Sub "\${Thing.Name}-second"
      Fail: ${fail}
Outputs:
  Flag: {Value: !GetAtt Thing.Flag}
  Thing: {Value: !Ref Thing}
  Role: {Value: !GetAtt Role.Arn}
`;

describe('local AWS', () => {
  let aws: LocalAws;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
    writeFileSync(join(folder, 'index.js'), code);
    aws = await startLocalAws({ retryDelays: [1, 1] });
    await aws.deployProvider({ bundle: join(folder, 'index.js') });
  });

  afterAll(async () => {
    await aws.stop();
    rmSync(folder, { recursive: true });
  });

  test('creates, updates, rolls back and deletes a stack', async () => {
    const { cloudformation } = aws;
    const created = await cloudformation.createStack({ name: 'sample', template: template('one') });
    expect(created.status).toBe('CREATE_COMPLETE');
    expect(created.outputValues).toMatchObject({ Flag: 'string', Thing: 'thing-one' });
    expect(created.outputValues['Role']).toMatch(
      /^arn:aws:iam::111122223333:role\/team\/sample-Role-\w{12}$/,
    );
    await expect(cloudformation.updateStack({ name: 'sample', template: template('one') })).rejects.toThrow(
      'No updates are to be performed.',
    );
    const updated = await cloudformation.updateStack({ name: 'sample', template: template('two') });
    expect(updated.status).toBe('UPDATE_COMPLETE');
    expect(updated.outputValues['Thing']).toBe('thing-two');
    const broken = await cloudformation.updateStack({
      name: 'sample',
      template: template('three', 'Update'),
    });
    expect(broken.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(broken.resources.get('Thing')?.physicalId).toBe('thing-two');
    const refused = await cloudformation.deleteStack('eks-access-provider');
    expect(refused.status).toBe('CREATE_COMPLETE');
    expect(refused.reason).toBe('Export EksAccessServiceToken cannot be deleted as it is in use by sample');
    const deleted = await cloudformation.deleteStack('sample');
    expect(deleted.status).toBe('DELETE_COMPLETE');
    console.log(
      deleted.events
        .map(
          ({ logicalId, status, physicalId, reason = '' }) =>
            `${status} ${logicalId} ${physicalId} ${reason}`,
        )
        .join('\n'),
    );
    console.log(
      aws.lambda
        .logs()
        .map(({ text }) => text)
        .join(''),
    );
    expect(aws.answers.violations).toEqual([]);
  });
});
