/** One resource or one output of a template, as it is written. */
import { asText, isObject, isPrimitive, type Json, type JsonObject } from '../json';
import { conditionalProperties } from './conditional-properties';
import { suggestion } from './suggestion';
import { TemplateError } from '../template-error';
import { type DeletionPolicy, type TemplateOutput, type TemplateResource } from './template';

const resourceKeys = [
  'Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata',
  'UpdatePolicy', 'CreationPolicy', 'Description',
]; // prettier-ignore

export function readResource(logicalId: string, value: Json, source: string): TemplateResource {
  const refuse = (sentence: string): never => {
    throw new TemplateError(source, `resource ${logicalId} ${sentence}`);
  };
  if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId)) {
    throw new TemplateError(source, `resource name "${logicalId}" must be letters and digits only`);
  }
  if (!isObject(value)) return refuse('is not a mapping');
  const { Type: named } = value;
  const isCustom =
    typeof named === 'string' && /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(named);
  for (const key of Object.keys(value)) {
    // CloudFormation takes the version of a custom resource's type, and gives it no meaning.
    if (!resourceKeys.includes(key) && !(isCustom && key === 'Version'))
      refuse(
        key.includes('\u00a0')
          ? `has a no-break space in the key "${key.replaceAll('\u00a0', '')}": write an ordinary space`
          : `has "${key}", which is not an attribute of a resource${suggestion(key, resourceKeys)}`,
      );
  }
  const {
    Type: type,
    Properties: written = {},
    DependsOn: dependsOn = [],
    Condition: condition,
    Metadata: metadata,
  } = value;
  if (typeof type !== 'string') return refuse('has no Type');
  const properties = conditionalProperties(written, refuse);
  const dependencies = [dependsOn]
    .flat()
    .map((name) =>
      typeof name === 'string'
        ? name
        : refuse(
            typeof name === 'boolean'
              ? `has DependsOn ${name}, which is how YAML reads a plain yes, no, on or off: put the name in quotes`
              : 'has a DependsOn that is not a name: write the logical id alone, without !Ref',
          ),
    );
  if (condition !== undefined && typeof condition !== 'string')
    return refuse('has a Condition that is not a name');
  if (metadata !== undefined && !isObject(metadata)) return refuse('has Metadata that are not a mapping');
  for (const name of ['CreationPolicy', 'UpdatePolicy'])
    if (value[name] !== undefined && !isObject(value[name])) refuse(`has a ${name} that is not a mapping`);
  const { CreationPolicy: creation, UpdatePolicy: update } = value;
  const deletionPolicy = readPolicy(value, 'DeletionPolicy', refuse);
  return {
    type,
    properties,
    dependsOn: dependencies,
    ...(condition === undefined ? {} : { condition }),
    deletionPolicy: deletionPolicy ?? 'Delete',
    updateReplacePolicy: readPolicy(value, 'UpdateReplacePolicy', refuse) ?? 'Delete',
    ...(metadata === undefined ? {} : { metadata }),
    beside: [metadata, creation, update].filter((part) => part !== undefined),
  };
}

const policies: readonly string[] = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
const withSnapshots = [
  'AWS::DocDB::DBCluster', 'AWS::EC2::Volume', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::Redshift::Cluster',
]; // prettier-ignore

function readPolicy(
  resource: JsonObject,
  name: string,
  refuse: (sentence: string) => never,
): DeletionPolicy | undefined {
  const value = resource[name];
  if (value === undefined) return undefined;
  if (value === 'Snapshot' && !withSnapshots.includes(asText(resource['Type'])))
    return refuse(
      `has ${name} Snapshot, and ${asText(resource['Type'])} has no snapshots: write Retain or Delete`,
    );
  // A replacement deletes what was there before, which nothing of a Create is.
  const here = policies.filter((policy) => name === 'DeletionPolicy' || policy !== 'RetainExceptOnCreate');
  if (typeof value === 'string' && here.includes(value)) return value as DeletionPolicy;
  const remedy = isObject(value) ? ', or name "Transform: AWS::LanguageExtensions" for a function' : '';
  return refuse(`has ${name} ${JSON.stringify(value)}: write one of ${here.join(', ')}${remedy}`);
}

/** Bytes. */
const MAXIMUM_DESCRIPTION = 1024;

export function readOutput(name: string, value: Json, source: string): TemplateOutput {
  const refuse = (sentence: string): never => {
    throw new TemplateError(source, `output ${name} ${sentence}`);
  };
  if (!isObject(value) || value['Value'] === undefined) return refuse('has no Value');
  const { Export: exported, Condition: condition, Description: description } = value;
  if (exported !== undefined && (!isObject(exported) || exported['Name'] === undefined))
    return refuse('has an Export without Name');
  if (condition !== undefined && typeof condition !== 'string')
    return refuse('has a Condition that is not a name');
  if (description !== undefined && !isPrimitive(description))
    return refuse('has a Description that is not a text, and it takes no functions');
  const bytes = Buffer.byteLength(String(description ?? ''));
  if (bytes > MAXIMUM_DESCRIPTION)
    refuse(`has a Description of ${bytes} bytes, and the limit is ${MAXIMUM_DESCRIPTION}`);
  return {
    value: value['Value'],
    ...(isObject(exported) && exported['Name'] !== undefined ? { exportName: exported['Name'] } : {}),
    ...(condition === undefined ? {} : { condition }),
    ...(description === undefined ? {} : { description: String(description) }),
  };
}
