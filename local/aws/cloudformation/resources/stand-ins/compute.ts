/** What runs code, and what builds it. */
import { randomUUID } from 'node:crypto';
import { asText } from '../../json';
import { byArn, hex, idOf, itself, named, numbered, type PlainTypes, regional, unnamed } from './form';

export const COMPUTE: PlainTypes = {
  'AWS::AutoScaling::AutoScalingGroup': named('AutoScalingGroupName', {
    AutoScalingGroupARN: regional(
      'autoscaling',
      (name) => `autoScalingGroup:${randomUUID()}:autoScalingGroupName/${name}`,
    ),
  }),
  'AWS::AutoScaling::LaunchConfiguration': named('LaunchConfigurationName'),
  'AWS::AutoScaling::LifecycleHook': named('LifecycleHookName'),
  'AWS::AutoScaling::ScalingPolicy': byArn(
    'autoscaling',
    undefined,
    (name) => `scalingPolicy:${hex(8)}:autoScalingGroupName/${name}`,
    'Arn',
  ),
  'AWS::Batch::ComputeEnvironment': byArn(
    'batch',
    'ComputeEnvironmentName',
    (name) => `compute-environment/${name}`,
    'ComputeEnvironmentArn',
  ),
  'AWS::Batch::JobDefinition': byArn(
    'batch',
    'JobDefinitionName',
    (name) => `job-definition/${name}:1`,
    'JobDefinitionArn',
  ),
  'AWS::Batch::JobQueue': byArn('batch', 'JobQueueName', (name) => `job-queue/${name}`, 'JobQueueArn'),
  'AWS::Cloud9::EnvironmentEC2': {
    name: 'Name',
    physicalId: () => hex(32),
    attributes: { Id: itself, Arn: regional('cloud9', (id) => `environment:${id}`) },
    mirrors: { Name: 'Name' },
  },
  'AWS::CodeBuild::Project': named('Name', { Arn: regional('codebuild', (name) => `project/${name}`) }),
  'AWS::CodePipeline::Pipeline': named('Name', { Version: () => '1' }, 100),
  'AWS::EC2::CapacityReservation': numbered('cr', 'Id'),
  'AWS::EC2::Instance': {
    physicalId: () => idOf('i'),
    attributes: {
      InstanceId: itself,
      AvailabilityZone: (_id, { region }) => `${region}a`,
      PrivateIp: () => '10.0.0.10',
      PrivateDnsName: (_id, { region }, { PrivateIpAddress: address = '10.0.0.10' }) =>
        `ip-${asText(address).replaceAll('.', '-')}.${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`,
      PublicIp: () => '203.0.113.10',
      PublicDnsName: (_id, { region, urlSuffix }) =>
        `ec2-203-0-113-10.${region === 'us-east-1' ? 'compute-1' : `${region}.compute`}.${urlSuffix}`,
    },
    mirrors: { AvailabilityZone: 'AvailabilityZone', PrivateIp: 'PrivateIpAddress' },
  },
  'AWS::EC2::KeyPair': named('KeyName', { KeyPairId: () => idOf('key') }),
  'AWS::EC2::LaunchTemplate': {
    physicalId: () => idOf('lt'),
    attributes: { LaunchTemplateId: itself, DefaultVersionNumber: () => '1', LatestVersionNumber: () => '1' },
  },
  'AWS::EC2::PlacementGroup': named(undefined),
  'AWS::EC2::SpotFleet': { physicalId: () => `sfr-${randomUUID()}`, attributes: { Id: itself } },
  'AWS::EC2::Volume': numbered('vol', 'VolumeId'),
  'AWS::EC2::VolumeAttachment': unnamed(),
  'AWS::ECR::Repository': named('RepositoryName', {
    Arn: regional('ecr', (name) => `repository/${name}`),
    RepositoryUri: (name, { accountId, region, urlSuffix }) =>
      `${accountId}.dkr.ecr.${region}.${urlSuffix}/${name}`,
  }),
  'AWS::ECS::Cluster': named('ClusterName', { Arn: regional('ecs', (name) => `cluster/${name}`) }),
  'AWS::EMRContainers::VirtualCluster': {
    physicalId: () => hex(25),
    attributes: { Id: itself, Arn: regional('emr-containers', (id) => `/virtualclusters/${id}`) },
  },
  'AWS::FIS::ExperimentTemplate': { physicalId: () => `EXT${hex(15)}`, attributes: { Id: itself } },
  'AWS::Lambda::EventSourceMapping': {
    physicalId: () => [8, 4, 4, 4, 12].map(hex).join('-'),
    attributes: { Id: itself },
  },
  'AWS::Lambda::LayerVersion': byArn('lambda', 'LayerName', (name) => `layer:${name}:1`, 'LayerVersionArn'),
  'AWS::Lambda::Permission': unnamed('Id'),
  'AWS::SageMaker::Cluster': {
    physicalId: regional('sagemaker', () => `cluster/${hex(12)}`),
    attributes: { ClusterArn: itself, ClusterStatus: () => 'InService' },
  },
  'AWS::StepFunctions::StateMachine': {
    ...byArn('states', 'StateMachineName', (name) => `stateMachine:${name}`, 'Arn'),
    attributes: { Arn: itself, Name: (id) => asText(id.split(':')[6]) },
  },
};
