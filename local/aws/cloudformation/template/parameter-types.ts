/**
 * The types that parameters can have. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
import { suggestion } from './suggestion';

const simple = ['String', 'Number', 'List<Number>', 'List<String>', 'CommaDelimitedList'];
/** What exists in the account; lists of them are types, too. */
const existing = [
  'AWS::EC2::AvailabilityZone::Name', 'AWS::EC2::Image::Id', 'AWS::EC2::Instance::Id', 'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::GroupName', 'AWS::EC2::SecurityGroup::Id', 'AWS::EC2::Subnet::Id', 'AWS::EC2::VPC::Id',
  'AWS::EC2::Volume::Id', 'AWS::Route53::HostedZone::Id', 'AWS::SSM::Parameter::Name',
]; // prettier-ignore
const plain = [...simple, ...existing, ...existing.map((type) => `List<${type}>`)];
const all = [...plain, ...plain.map((type) => `AWS::SSM::Parameter::Value<${type}>`)];

/** What follows the type; undefined for one that there is. */
export function unknownType(type: string): string | undefined {
  if (all.includes(type)) return undefined;
  return /^bool/i.test(type) ? ': write String with AllowedValues ["true", "false"]' : suggestion(type, all);
}

export const isSsm = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value<');

export function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || /(^|<)List</.test(type) || type.includes('<CommaDelimitedList>');
}
