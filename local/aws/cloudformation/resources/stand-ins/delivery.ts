/** Containers beside EKS, pipelines, backups, configuration and analysis. */
import { randomUUID } from 'node:crypto';
import { asText, isObject } from '../../json';
import {
  byArn,
  hex,
  itself,
  lastPart,
  named,
  type PlainType,
  type PlainTypes,
  regional,
  unnamed,
} from './form';

/** `Ref` gives the name that is in this property. */
function byInput(property: string): PlainType {
  return {
    physicalId: (made, _context, { [property]: input }) =>
      isObject(input) && input['Name'] !== undefined ? asText(input['Name']) : made,
    attributes: {},
  };
}

export const DELIVERY: PlainTypes = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    physicalId: (_name, _context, properties) =>
      ['ResourceId', 'ScalableDimension', 'ServiceNamespace']
        .map((part) => asText(properties[part]))
        .join('|'),
    attributes: { Id: itself },
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    name: 'PolicyName',
    physicalId: regional('autoscaling', (name) => `scalingPolicy:${randomUUID()}:policyName/${name}`),
    attributes: { Arn: itself },
  },
  'AWS::Athena::WorkGroup': named('Name'),
  'AWS::AutoScaling::ScheduledAction': unnamed('ScheduledActionName'),
  'AWS::Backup::BackupPlan': {
    physicalId: () => randomUUID(),
    attributes: {
      BackupPlanId: itself,
      BackupPlanArn: regional('backup', (id) => `backup-plan:${id}`),
      VersionId: () => hex(48),
    },
  },
  'AWS::Backup::BackupSelection': {
    physicalId: (_name, _context, { BackupPlanId: plan }) => `${asText(plan)}|${randomUUID()}`,
    attributes: {
      Id: itself,
      BackupPlanId: (id) => id.split('|')[0] ?? '',
      SelectionId: (id) => id.split('|')[1] ?? '',
    },
  },
  'AWS::Backup::BackupVault': named('BackupVaultName', {
    BackupVaultArn: regional('backup', (name) => `backup-vault:${name}`),
    BackupVaultName: itself,
  }),
  'AWS::CodeConnections::Connection': byArn(
    'codeconnections',
    undefined,
    () => `connection/${randomUUID()}`,
    'ConnectionArn',
  ),
  'AWS::CodeDeploy::Application': named('ApplicationName'),
  'AWS::CodeDeploy::DeploymentGroup': named('DeploymentGroupName'),
  'AWS::CodeStarConnections::Connection': byArn(
    'codestar-connections',
    undefined,
    () => `connection/${randomUUID()}`,
    'ConnectionArn',
  ),
  'AWS::Config::ConfigRule': named('ConfigRuleName', {
    Arn: regional('config', () => `config-rule/config-rule-${hex(6)}`),
    ConfigRuleId: () => `config-rule-${hex(6)}`,
  }),
  'AWS::Config::ConfigurationRecorder': named('Name'),
  'AWS::Config::DeliveryChannel': named('Name'),
  'AWS::DLM::LifecyclePolicy': {
    physicalId: () => `policy-0${hex(16)}`,
    attributes: { Arn: regional('dlm', (id) => `policy/${id}`) },
  },
  'AWS::ECR::PullThroughCacheRule': named('EcrRepositoryPrefix'),
  'AWS::ECR::RegistryPolicy': {
    physicalId: (_name, { accountId }) => accountId,
    attributes: { RegistryId: itself },
  },
  'AWS::ECR::ReplicationConfiguration': {
    physicalId: (_name, { accountId }) => accountId,
    attributes: { RegistryId: itself },
  },
  'AWS::ECS::CapacityProvider': named('Name'),
  'AWS::ECS::ClusterCapacityProviderAssociations': {
    physicalId: (_name, _context, { Cluster: cluster }) => asText(cluster),
    attributes: {},
  },
  'AWS::ECS::Service': {
    name: 'ServiceName',
    physicalId: (name, context, { Cluster: cluster = 'default' }) =>
      regional('ecs', () => `service/${lastPart(asText(cluster))}/${name}`)('', context, {}),
    attributes: { ServiceArn: itself, Name: lastPart },
  },
  'AWS::ECS::TaskDefinition': {
    name: 'Family',
    physicalId: regional('ecs', (family) => `task-definition/${family}:1`),
    attributes: { TaskDefinitionArn: itself },
  },
  'AWS::EMR::Cluster': { physicalId: () => `j-${hex(13).toUpperCase()}`, attributes: { Id: itself } },
  'AWS::Events::ApiDestination': named('Name', {
    Arn: regional('events', (name) => `api-destination/${name}/${randomUUID()}`),
  }),
  'AWS::Events::Archive': named('ArchiveName', { Arn: regional('events', (name) => `archive/${name}`) }),
  'AWS::Events::EventBusPolicy': unnamed(),
  'AWS::Glue::Crawler': named('Name'),
  'AWS::Glue::Database': byInput('DatabaseInput'),
  'AWS::Glue::Job': named('Name'),
  'AWS::Glue::Table': byInput('TableInput'),
  'AWS::KinesisFirehose::DeliveryStream': named(
    'DeliveryStreamName',
    {
      Arn: regional('firehose', (name) => `deliverystream/${name}`),
    },
    64,
  ),
  'AWS::KMS::ReplicaKey': {
    physicalId: () => `mrk-${hex(32)}`,
    attributes: { KeyId: itself, Arn: regional('kms', (id) => `key/${id}`) },
  },
  'AWS::Lambda::LayerVersionPermission': unnamed('Id'),
  'AWS::Logs::ResourcePolicy': named('PolicyName'),
  'AWS::MSK::Cluster': {
    name: 'ClusterName',
    physicalId: regional('kafka', (name) => `cluster/${name}/${randomUUID()}-1`),
    attributes: { Arn: itself },
  },
  'AWS::RAM::ResourceShare': byArn('ram', undefined, () => `resource-share/${randomUUID()}`, 'Arn'),
  'AWS::ResourceGroups::Group': named('Name', {
    Arn: regional('resource-groups', (name) => `group/${name}`),
  }),
  'AWS::S3::AccessPoint': named(
    'Name',
    { Arn: regional('s3', (name) => `accesspoint/${name}`), Name: itself },
    50,
  ),
  'AWS::SSM::MaintenanceWindow': { physicalId: () => `mw-0${hex(16)}`, attributes: { WindowId: itself } },
  'AWS::SSM::MaintenanceWindowTarget': {
    physicalId: () => randomUUID(),
    attributes: { WindowTargetId: itself },
  },
  'AWS::SSM::MaintenanceWindowTask': { physicalId: () => randomUUID(), attributes: { WindowTaskId: itself } },
  'AWS::SecretsManager::ResourcePolicy': {
    physicalId: (_name, _context, { SecretId: secret }) => asText(secret),
    attributes: { Id: itself },
  },
  'AWS::SecretsManager::RotationSchedule': {
    physicalId: (_name, _context, { SecretId: secret }) => asText(secret),
    attributes: { Id: itself },
  },
  'AWS::ServiceDiscovery::HttpNamespace': {
    physicalId: () => `ns-${hex(16)}`,
    attributes: { Id: itself, Arn: regional('servicediscovery', (id) => `namespace/${id}`) },
  },
  'AWS::ServiceDiscovery::Service': {
    physicalId: () => `srv-${hex(16)}`,
    attributes: { Id: itself, Arn: regional('servicediscovery', (id) => `service/${id}`) },
    mirrors: { Name: 'Name' },
  },
  'AWS::StepFunctions::Activity': byArn('states', 'Name', (name) => `activity:${name}`, 'Arn'),
  'AWS::VpcLattice::Service': {
    physicalId: regional('vpc-lattice', () => `service/svc-0${hex(16)}`),
    attributes: { Arn: itself, Id: lastPart },
  },
  'AWS::VpcLattice::ServiceNetwork': {
    physicalId: regional('vpc-lattice', () => `servicenetwork/sn-0${hex(16)}`),
    attributes: { Arn: itself, Id: lastPart },
  },
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': {
    physicalId: regional('vpc-lattice', () => `servicenetworkvpcassociation/snva-0${hex(16)}`),
    attributes: { Arn: itself, Id: lastPart },
  },
};
