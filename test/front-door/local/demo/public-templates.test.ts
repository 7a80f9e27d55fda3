/**
 * Kinds of templates that people publish, each cut down to its kind (test/fixtures/templates, listed in its README), as
 * `npm start` takes them: they run and leave nothing, or are refused in a sentence that says what to do.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { demonstrationAwsAuth, type Session, startSession, type Step } from '../../../../local/demo/session';
import { type SessionOptions } from '../../../../local/demo/session-options';

const folder = join(__dirname, '../../../fixtures/templates');
const files = readdirSync(folder).filter((name) => /^\d\d-/.test(name));
const numberOf = (file: string): string => file.slice(0, 2);

interface Expected {
  readonly given?: Partial<SessionOptions>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** By key. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** What the step says beside its events. */
  readonly notes?: readonly (string | RegExp)[];
  /** Reason of the first failure of a resource, or of the stack. */
  readonly fails?: RegExp;
  /** The sentence, after the name of the file. */
  readonly refused?: string;
}

const python = (resource: string, name: string, version: string): string =>
  `resource ${resource} cannot be provided here: ${name}, the function of its ServiceToken, runs on python${version}, and only Node.js code can run here`;

const inChina = expect.stringMatching(/^arn:aws-cn:sqs:cn-north-1:111122223333:/) as string;

/** By the number of the template; `{}` runs. */
const EXPECTED: Readonly<Record<string, readonly Expected[]>> = {
  '01': [{ notes: ['line 4 repeats the key Default: of two values CloudFormation takes the last'] }],
  '02': [{}],
  '03': [{ notes: [/^stand-in: the SSM parameter \/aws\/service\/eks\/optimized-ami\/.* is ami-/] }],
  '04': [{}],
  '05': [
    { outputs: { Mount: expect.stringMatching(/^fs-.*\.fsx\.us-east-1\.amazonaws\.com@tcp:\//) as string } },
  ],
  '06': [{ refused: python('Chart', 'HelmFunction', '3.13') }],
  '07': [
    {
      refused:
        'resource Autoscaler has the type "AWSQS::Kubernetes::Helm", which is a type of the CloudFormation registry: only types of AWS and custom resources can run here',
    },
  ],
  '08': [
    {
      refused:
        'resource Cluster has the type "AWSQS::EKS::Cluster", which is a type of the CloudFormation registry: only types of AWS and custom resources can run here',
    },
  ],
  '09': [
    {
      refused:
        'resource Binding cannot be provided here: EKS-QuickStart-KubeManifest, the function of its ServiceToken, is made by no stack here: make it in the template, or under "npm run local" create its stack first',
    },
  ],
  '10': [
    {
      refused:
        'the transform "AWS::Serverless-2016-10-31" cannot run here: only AWS::LanguageExtensions can. Take the template that it makes, which "aws cloudformation get-template --template-stage Processed" prints of a deployed stack',
    },
  ],
  '11': [
    {
      refused:
        'Resources/Bucket/Properties/Tags/0/Value uses Fn::Transform (DatetimeNow), which cannot run here. Take the template that it makes, which "aws cloudformation get-template --template-stage Processed" prints of a deployed stack',
    },
  ],
  '12': [
    {
      refused:
        'line 6, column 121: !Rain::Embed belongs to the tool rain: give the template that "rain pkg" makes',
    },
  ],
  '13': [{ refused: 'line 6, column 90: !Div is no function of CloudFormation' }],
  '14': [
    {
      refused:
        'resource Log has Tags as a mapping, and AWS::Logs::LogGroup takes a list of Key and Value there',
    },
  ],
  '15': [{ refused: 'resource Policy has the property Tags, which AWS::IAM::ManagedPolicy does not have' }],
  '16': [
    {
      refused:
        'resource Nodes refers to "NodeRole.arn", and AWS::IAM::Role has no attribute "arn": did you mean "Arn"?',
    },
  ],
  '17': [{ refused: 'resource Jumpbox has the property Parameters, which AWS::EC2::Instance does not have' }],
  '18': [
    {
      refused:
        'resource Network has the TemplateURL https://s3-us-west-2.amazonaws.com/eks-templates/network.yaml, and the local S3 has no s3://eks-templates/network.yaml: name a file of this machine, or under "npm run local" put it there with aws s3 cp',
    },
  ],
  '19': [{}],
  '20': [
    {
      fails: /^No export named net-ClusterRole found\./,
      notes: [
        'no stack here exports net-ClusterRole, net-Subnets, net-SecurityGroup: give all that are missing with --export net-ClusterRole=VALUE --export net-Subnets=VALUE --export net-SecurityGroup=VALUE',
      ],
    },
    {
      given: {
        exports: {
          'net-ClusterRole': 'arn:aws:iam::111122223333:role/eks-access-provider',
          'net-Subnets': 'subnet-1,subnet-2',
          'net-SecurityGroup': 'sg-1',
        },
      },
      outputs: { SecurityGroup: 'sg-1' },
    },
  ],
  '21': [
    {
      refused:
        'parameter Vpc names the SSM parameter "/network/vpc", which does not exist here: give all that are missing with --ssm /network/vpc=VALUE --ssm /network/subnets=VALUE',
    },
    {
      given: { ssm: { '/network/vpc': 'vpc-1', '/network/subnets': 'subnet-1,subnet-2' } },
      outputs: { First: 'subnet-1' },
    },
  ],
  '22': [{}],
  '23': [
    {
      refused: 'resource Ide has "${Env}-ide-role" at RoleName, which is text as it is: !Sub fills it in',
    },
  ],
  '24': [{ fails: /The specified policyArn could not be found/ }, { given: { region: 'us-gov-west-1' } }],
  '25': [{}],
  '26': [
    {
      refused:
        'resource Admin has the type "AWS::EKS::AccessPolicyAssociation", which is no type of CloudFormation: AccessPolicies is a property of AWS::EKS::AccessEntry',
    },
  ],
  '27': [
    {
      refused:
        'resource Nodes has the type "AWS::EKS::NodeGroup", which is no type of CloudFormation: did you mean "AWS::EKS::Nodegroup"?',
    },
  ],
  '28': [{ fails: /policyArn/ }],
  '29': [
    {
      outputs: {
        IssuerPath: expect.stringMatching(/^oidc\.eks\.us-east-1\.amazonaws\.com\/id\//) as string,
        Command: 'aws eks update-kubeconfig --name whole --region us-east-1',
      },
    },
  ],
  '30': [
    {
      fails:
        /^Resource handler returned message: "No cluster found for name: later\. .*\(HandlerErrorCode: NotFound\)$/,
      notes: ['the cluster that is there is my-cluster: --cluster later gives it that name'],
    },
  ],
  '31': [
    {
      refused:
        'resource Subnet, property AvailabilityZone: the mapping Zones has no value for "us-east-1", "All": --region takes one of us-gov-west-1',
    },
    { given: { region: 'us-gov-west-1' } },
  ],
  '32': [
    {
      outputs: {
        UserOfPay: 'arn:aws:sts::111122223333:assumed-role/Pay/{{SessionName}}',
        UserOfSearch: 'arn:aws:sts::111122223333:assumed-role/Search/{{SessionName}}',
      },
    },
  ],
  '33': [{ outputs: { Value: '{"zones":["a","b"]}' } }],
  '34': [{ outputs: { Host: expect.stringMatching(/\.us-east-1\.rds\.amazonaws\.com$/) as string } }],
  '35': [{}],
  '36': [{}],
  '37': [
    {
      refused:
        'line 9, column 9: brackets or quotes that begin above are not closed before this line, which is no part of them by its indentation',
    },
  ],
  '38': [
    {
      refused:
        'resource Function has Code as "control-plane", and AWS::Lambda::Function takes a mapping there',
    },
  ],
  '39': [{ outputs: { Where: 'API' } }],
  '40': [
    {
      fails: /NotFound: there is no cluster "production"/,
      notes: ['the cluster that is there is my-cluster: --cluster production gives it that name'],
    },
    { given: { cluster: 'production' } },
  ],
  '41': [{}],
  '42': [{ refused: python('SetUp', 'SetUpFunction', '3.12') }],
  '43': [
    {
      notes: ['stand-in: the SSM parameter /cdk-bootstrap/hnb659fds/version is 30'],
      outputs: {
        ExportsOutputQueue: expect.stringMatching(/^arn:aws:sqs:us-east-1:111122223333:/) as string,
      },
    },
    {
      given: { ssm: { '/cdk-bootstrap/hnb659fds/version': '5' } },
      refused: 'rule CheckBootstrapVersion does not hold: CDK bootstrap stack version 6 required.',
    },
    { given: { region: 'cn-north-1' }, notes: [/^stand-in: /], outputs: { ExportsOutputQueue: inChina } },
  ],
  '44': [
    {
      refused:
        'resource Restrict cannot be provided here: Handler, the function of its ServiceToken, has its code in the bucket cdk-hnb659fds-assets-111122223333-us-east-1, and what can run here is code inline (ZipFile), or a zip of one JavaScript file in a bucket of the local S3',
    },
  ],
  '45': [{ outputs: { Block: '10.0.48.0/20', Zone: 'us-east-1d' } }],
  '46': [{ notes: [/^stand-in: the SSM parameter .* is ami-/] }],
  '47': [{}],
  '48': [
    {
      refused:
        'line 15, column 17: a key is a function or a mapping, and keys are texts: write what it is in as one JSON text with !Sub, or put a text that has ": " in it in quotes',
    },
  ],
  '49': [
    { outputs: { Task: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1' } },
    {
      given: { region: 'us-gov-west-1' },
      outputs: {
        Task: 'arn:aws-us-gov:ecs:us-gov-west-1:111122223333:task-definition/web:1',
        Classic: expect.stringMatching(/\.us-gov-west-1\.elb\.amazonaws\.com$/) as string,
      },
    },
  ],
  '50': [
    {
      outputs: { Api: expect.stringMatching(/^https:.*\.execute-api\.us-east-1\.amazonaws\.com$/) as string },
    },
  ],
  '51': [{ outputs: { Lower: 'my-us-east-1' } }],
  '52': [
    {
      refused:
        'parameters [Name, Password] must have values: give them with --parameters Name=VALUE Password=VALUE',
    },
    {
      parameters: { Name: 'a', Password: 'short' },
      refused: 'parameter Password is ****, which does not keep to: eight letters and digits',
    },
    {
      parameters: { Name: 'root', Password: 'longerx1' },
      refused: 'rule Zones does not hold: another name than root is wanted',
    },
    {
      parameters: { Name: 'a', Password: 'longerx1' },
      outputs: { Second: 'editors', All: 'us-east-1a|us-east-1b', Count: '2' },
    },
  ],
  '53': [
    {
      refused: 'resource Target, property SubnetId: Fn::Select cannot select nonexistent value at index 1',
    },
  ],
  '54': [
    {
      refused:
        'Resources uses Fn::Transform (AWS::Include), which cannot run here. Write what it includes in its place',
    },
  ],
  '55': [
    {
      refused:
        'resource Everywhere has the type "AWS::CloudFormation::StackSet", which the local AWS does not have: leave the resource out here, and pass what it would give in as parameters',
    },
  ],
  '56': [{ outputs: { Vault: 'arn:aws:backup:us-east-1:111122223333:backup-vault:volumes' } }],
  '57': [{ refused: 'output Zones is a list, and outputs are texts: put it together with !Join [",", …]' }],
  '58': [
    { outputs: { Inside: 'ip-10-0-0-10.ec2.internal', First: '10.0.0.20' } },
    {
      given: { region: 'cn-north-1' },
      outputs: { Outside: 'ec2-203-0-113-10.cn-north-1.compute.amazonaws.com.cn' },
    },
  ],
  '59': [
    {
      notes: ['resource Ide has "the ${Env} role" at Description, which is text as it is: !Sub fills it in'],
    },
  ],
};

const cases = files.flatMap((file) =>
  (EXPECTED[numberOf(file)] ?? []).map((expected) => ({ file, expected })),
);

test('every template has its case', () => {
  expect(files.map(numberOf)).toEqual(Object.keys(EXPECTED).sort());
});

const start = (given: Partial<SessionOptions> = {}): Promise<Session> =>
  startSession({
    clock: new SkippingClock(),
    mode: 'API_AND_CONFIG_MAP',
    awsAuth: demonstrationAwsAuth(given.region),
    ...given,
  });

let usual: Session;
beforeAll(async () => {
  usual = await start();
});
afterAll(() => usual.aws.stop());

test.each(cases)('$file $expected.given $expected.parameters', async ({ file, expected }) => {
  const session = expected.given ? await start(expected.given) : usual;
  try {
    await compare(session, file, expected);
  } finally {
    if (session !== usual) await session.aws.stop();
  }
});

async function compare(session: Session, file: string, expected: Expected): Promise<void> {
  const path = join(folder, file);
  const name = `t${file.replace(/\..*$/, '')}`;
  const create = (): Promise<Step> =>
    session.create(name, { name: path, text: readFileSync(path, 'utf8') }, expected.parameters ?? {});
  if (expected.refused !== undefined) {
    await expect(create()).rejects.toThrow(`${path}: ${expected.refused}`);
    return;
  }
  const created = await create();
  const failure = created.events.find(({ status }) => /FAILED|ROLLBACK_IN_PROGRESS/.test(status))?.reason;
  if (expected.fails) expect(failure).toMatch(expected.fails);
  else expect({ status: created.status, failure }).toEqual({ status: 'CREATE_COMPLETE', failure: undefined });
  expect(created.notes).toEqual(
    (expected.notes ?? []).map((note) => expect.stringMatching(asPattern(note)) as string),
  );
  const outputs = Object.fromEntries(created.outputs.map(({ key, value }) => [key, value]));
  expect(outputs).toMatchObject(expected.outputs ?? {});
  const removed = await session.remove(name);
  expect(removed.status).toBe('DELETE_COMPLETE');
  expect(access(removed.after)).toEqual(access(created.before));
}

/** Without the mark that the Delete of a node's mapping leaves (docs/security.md). */
const access = ({ awsAuth, accessEntries }: Step['after']): unknown => ({
  awsAuth: awsAuth.replace(/metadata:\n {2}annotations:\n {4}cfn-eks-access\/last-delete: .*\n/, ''),
  accessEntries,
});

const asPattern = (note: string | RegExp): RegExp =>
  typeof note === 'string' ? new RegExp(`^${note.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : note;
