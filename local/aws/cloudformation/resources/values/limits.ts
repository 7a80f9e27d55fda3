/**
 * Values that the registry's schemas limit, of types that run here and of a few that many templates have. Lists that
 * AWS adds to from year to year are left out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
import { between, items, like, type Limit, oneOf, upTo } from './limit';

const NAME = /^[\w+=,.@-]+$/;
const runtime = like(
  /^(nodejs(\d+\.x)?|nodejs(4\.3|6\.10|8\.10)(-edge)?|python(2\.7|3\.\d+)|java\d+(\.al2(023)?)?|ruby\d\.\d|dotnet(core)?\d+(\.\d)?|go1\.x|provided(\.al2(023)?)?)$/,
  'the identifier of a runtime, as nodejs24.x or python3.14',
  (value) => {
    const [, family = '', version = ''] = /^(node(?:js)?|python)[^\d]*(\d[\d.]*)/i.exec(value) ?? [];
    if (family === '') return '';
    const digits = version.replace(/\.$/, '');
    const meant = /^p/i.test(family) ? `python${digits}` : `nodejs${parseInt(digits, 10)}.x`;
    return `: did you mean "${meant}"?`;
  },
);
const functionName = like(
  /^([\w-]{1,64}|arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]{1,64})$/,
  'up to 64 letters, digits, - and _',
);
const tags: Readonly<Record<string, Limit>> = { 'Tags.*.Key': upTo(128), 'Tags.*.Value': upTo(256) };
const protocol = oneOf(
  ...['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose'],
);

export const LIMITS: Readonly<Record<string, Readonly<Record<string, Limit>>>> = {
  'AWS::EKS::Cluster': {
    Name: like(/^[0-9A-Za-z][\w-]{0,99}$/, 'up to 100 letters, digits, - and _, the first no sign'),
    'AccessConfig.AuthenticationMode': oneOf('CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'),
    EncryptionConfig: items(0, 1),
    'KubernetesNetworkConfig.IpFamily': oneOf('ipv4', 'ipv6'),
    'Logging.ClusterLogging.EnabledTypes.*.Type': oneOf(
      ...['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    ),
    'UpgradePolicy.SupportType': oneOf('STANDARD', 'EXTENDED'),
    ...tags,
  },
  'AWS::EKS::AccessEntry': {
    AccessPolicies: items(0, 20),
    'AccessPolicies.*.AccessScope.Type': oneOf('namespace', 'cluster'),
    ...tags,
  },
  'AWS::EKS::Nodegroup': {
    CapacityType: oneOf('ON_DEMAND', 'SPOT', 'CAPACITY_BLOCK', 'OnDemand'),
    'ScalingConfig.DesiredSize': between(0),
    'ScalingConfig.MaxSize': between(1),
    'ScalingConfig.MinSize': between(0),
    'Taints.*.Effect': oneOf('NO_EXECUTE', 'NO_SCHEDULE', 'PREFER_NO_SCHEDULE'),
    'UpdateConfig.MaxUnavailable': between(1),
    'UpdateConfig.MaxUnavailablePercentage': between(1, 100),
  },
  'AWS::IAM::Role': {
    Description: upTo(1000),
    MaxSessionDuration: between(3600, 43_200),
    'Policies.*.PolicyName': like(NAME, 'letters, digits and +=,.@-_'),
    Tags: items(0, 50),
    ...tags,
  },
  'AWS::IAM::User': { Groups: items(0, 10), ManagedPolicyArns: items(0, 20), Tags: items(0, 50), ...tags },
  'AWS::IAM::Group': { ManagedPolicyArns: items(0, 20) },
  'AWS::IAM::InstanceProfile': { Roles: items(0, 1) },
  'AWS::IAM::Policy': { PolicyName: like(NAME, 'letters, digits and +=,.@-_') },
  'AWS::IAM::ManagedPolicy': { Description: upTo(1000) },
  'AWS::Lambda::Function': {
    Architectures: items(1, 1),
    'Architectures.*': oneOf('x86_64', 'arm64'),
    Description: upTo(256),
    'EphemeralStorage.Size': between(512, 32_768),
    FunctionName: functionName,
    Handler: like(/^\S{0,128}$/, 'up to 128 characters without blanks'),
    Layers: items(0, 5),
    'LoggingConfig.LogFormat': oneOf('Text', 'JSON'),
    PackageType: oneOf('Image', 'Zip'),
    ReservedConcurrentExecutions: between(0),
    Role: like(/^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/?[\w+=,.@/-]+$/, 'the ARN of a role'),
    Runtime: runtime,
    'SnapStart.ApplyOn': oneOf('PublishedVersions', 'None'),
    'TracingConfig.Mode': oneOf('Active', 'PassThrough'),
    ...tags,
  },
  'AWS::Lambda::EventInvokeConfig': {
    MaximumEventAgeInSeconds: between(60, 21_600),
    MaximumRetryAttempts: between(0, 2),
  },
  'AWS::Lambda::Alias': {
    Name: like(/^(?!\d+$)[\w-]{1,128}$/, 'up to 128 letters, digits, - and _, not digits alone'),
  },
  'AWS::Lambda::Permission': {
    Action: like(/^(lambda:(\*|[a-zA-Z]+)|\*)$/, 'one action of Lambda, as lambda:InvokeFunction'),
    SourceAccount: like(/^\d{12}$/, 'the 12 digits of an account'),
  },
  'AWS::SSM::Parameter': {
    Tier: oneOf('Standard', 'Advanced', 'Intelligent-Tiering'),
    Type: oneOf('String', 'StringList'),
  },
  'AWS::Scheduler::Schedule': {
    'FlexibleTimeWindow.Mode': oneOf('OFF', 'FLEXIBLE'),
    Name: like(/^[\w.-]{1,64}$/, 'up to 64 letters, digits and -_.'),
    State: oneOf('ENABLED', 'DISABLED'),
    'Target.RetryPolicy.MaximumEventAgeInSeconds': between(60, 86_400),
    'Target.RetryPolicy.MaximumRetryAttempts': between(0, 185),
  },
  'AWS::Logs::LogGroup': {
    LogGroupName: like(/^[.\-_/#A-Za-z0-9]{1,512}$/, 'up to 512 letters, digits and .-_/#'),
    RetentionInDays: oneOf(
      ...'1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653'.split(' '),
    ),
  },
  'AWS::SNS::Topic': { 'Subscription.*.Protocol': protocol },
  'AWS::SNS::Subscription': { Protocol: protocol },
};
