/** What CloudFormation takes and gives no meaning, or the local AWS takes and does otherwise: said, not refused. Pure. */
import { asText, isObject, type Json, type JsonObject } from '../json';
import { suggestion } from './suggestion';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html */
const creationPolicies = [
  'AWS::AppStream::Fleet', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::CloudFormation::WaitCondition', 'AWS::EC2::Instance',
]; // prettier-ignore
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html */
const updatePolicies = [
  'AWS::AppStream::Fleet', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::ElastiCache::ReplicationGroup',
  'AWS::Elasticsearch::Domain', 'AWS::Lambda::Alias', 'AWS::OpenSearchService::Domain',
]; // prettier-ignore
const outputKeys = ['Value', 'Export', 'Condition', 'Description'];

/** Of the sections as they are written; in words, after the name of the file. */
export function sectionRemarks(document: JsonObject): string[] {
  return [
    ...entries(document['Resources']).flatMap(([id, resource]) => policyRemarks(id, resource)),
    ...entries(document['Outputs']).flatMap(([name, output]) => outputRemarks(name, output)),
  ];
}

function policyRemarks(id: string, resource: JsonObject): string[] {
  const type = asText(resource['Type']);
  const ignored = (name: string, types: readonly string[]): string[] =>
    resource[name] === undefined || types.includes(type)
      ? []
      : [`resource ${id} has ${name}, which means nothing for ${type}: it counts for ${types.join(', ')}`];
  const update = resource['UpdatePolicy'];
  const shifts = isObject(update) && type === 'AWS::Lambda::Alias' && 'CodeDeployLambdaAliasUpdate' in update;
  return [
    ...ignored('CreationPolicy', creationPolicies),
    ...ignored('UpdatePolicy', updatePolicies),
    ...(shifts
      ? [`resource ${id} is moved to another version at once: the local AWS has no CodeDeploy`]
      : []),
  ];
}

function outputRemarks(name: string, output: JsonObject): string[] {
  return Object.keys(output)
    .filter((key) => !outputKeys.includes(key))
    .map((key) => `output ${name} has "${key}", which means nothing there${suggestion(key, outputKeys)}`);
}

function entries(section: Json | undefined): [string, JsonObject][] {
  return isObject(section)
    ? Object.entries(section).filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
    : [];
}
