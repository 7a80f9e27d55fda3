/** ARNs of functions, and what is made of them: versions and aliases. */
import { asText } from '../json';
import { type ResourceContext, type ResourceType } from './resource-type';

export function functionArn(name: string, { partition, region, accountId }: ResourceContext): string {
  if (name.startsWith('arn:')) return name.split(':').slice(0, 7).join(':');
  return `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
}

export function versionType(): ResourceType {
  return {
    attributes: ['FunctionArn', 'Version'],
    replacedBy: ['FunctionName', 'Description', 'CodeSha256'],
    create: ({ FunctionName: name }, context) => {
      const arn = `${functionArn(asText(name), context)}:1`;
      return { physicalId: arn, attributes: { FunctionArn: arn, Version: '1' } };
    },
  };
}

export function aliasType(): ResourceType {
  return {
    attributes: ['AliasArn'],
    replacedBy: ['FunctionName', 'Name'],
    create: ({ FunctionName: name, Name: alias }, context) => {
      const arn = `${functionArn(asText(name), context)}:${asText(alias)}`;
      return { physicalId: arn, attributes: { AliasArn: arn } };
    },
  };
}
