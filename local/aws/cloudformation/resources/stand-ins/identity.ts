/** What AWS Identity and Access Management has beside principals, keys and secrets: no secret is ever made up. */
import { randomUUID } from 'node:crypto';
import { asText } from '../../json';
import { physicalName, uniqueId } from '../physical-name';
import { hex, itself, named, type PlainTypes, regional, unnamed } from './form';

export const IDENTITY: PlainTypes = {
  'AWS::CertificateManager::Certificate': {
    physicalId: regional('acm', () => `certificate/${randomUUID()}`),
    attributes: { CertificateArn: itself },
  },
  'AWS::GuardDuty::Detector': { physicalId: () => hex(32), attributes: { Id: itself } },
  'AWS::IAM::AccessKey': { physicalId: () => uniqueId('AKIA', 20), attributes: { Id: itself } },
  'AWS::IAM::GroupPolicy': named('PolicyName'),
  'AWS::IAM::OIDCProvider': {
    physicalId: (_name, { partition, accountId }, { Url: url }) =>
      `arn:${partition}:iam::${accountId}:oidc-provider/${asText(url).replace(/^https:\/\//, '')}`,
    attributes: { Arn: itself },
  },
  'AWS::IAM::RolePolicy': named('PolicyName'),
  'AWS::IAM::SAMLProvider': {
    name: 'Name',
    physicalId: (name, { partition, accountId }) =>
      `arn:${partition}:iam::${accountId}:saml-provider/${name}`,
    attributes: { Arn: itself },
  },
  'AWS::IAM::ServiceLinkedRole': {
    physicalId: (_name, _context, { AWSServiceName: service, CustomSuffix: suffix }) => {
      const words = asText(service).split('.')[0]?.split('-') ?? [];
      const name = words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join('');
      return `AWSServiceRoleFor${name}${suffix === undefined ? '' : `_${asText(suffix)}`}`;
    },
    attributes: {},
  },
  'AWS::IAM::UserPolicy': named('PolicyName'),
  'AWS::IAM::UserToGroupAddition': unnamed('Id'),
  'AWS::KMS::Alias': named('AliasName'),
  'AWS::KMS::Key': {
    physicalId: () => randomUUID(),
    attributes: { Arn: regional('kms', (id) => `key/${id}`), KeyId: itself },
  },
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    physicalId: (name, context) =>
      regional('secretsmanager', () => `secret:${name}-${physicalName('s', 'x').slice(-6)}`)(
        name,
        context,
        {},
      ),
    attributes: { Id: itself },
  },
  'AWS::SecretsManager::SecretTargetAttachment': {
    physicalId: (_name, _context, { SecretId: secret }) => asText(secret),
    attributes: { Id: itself },
  },
  'AWS::SSO::Assignment': {
    physicalId: (_name, _context, properties) =>
      ['InstanceArn', 'TargetId', 'TargetType', 'PermissionSetArn', 'PrincipalType', 'PrincipalId']
        .map((part) => asText(properties[part]))
        .join('|'),
    attributes: {},
  },
  'AWS::SSO::PermissionSet': {
    physicalId: (_name, { partition }, { InstanceArn: instance }) =>
      `${asText(instance)}|arn:${partition}:sso:::permissionSet/${asText(instance).split('/').at(-1) ?? ''}/ps-${hex(16)}`,
    attributes: { PermissionSetArn: (id) => id.split('|')[1] ?? '' },
  },
};
