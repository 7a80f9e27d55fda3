/** Pipelines, backups, configuration and analysis. */
import { randomUUID } from 'node:crypto';
import { asText, isObject } from '../../json';
import { byArn, hex, itself, named, type PlainType, type PlainTypes, regional, unnamed } from './form';

/** `Ref` gives the name that is in this property. */
function byInput(property: string): PlainType {
  return {
    physicalId: (made, _context, { [property]: input }) =>
      isObject(input) && input['Name'] !== undefined ? asText(input['Name']) : made,
    attributes: {},
  };
}

export const GOVERNANCE: PlainTypes = {
  'AWS::Athena::WorkGroup': named('Name'),
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
};
