/** Amazon CloudFront, API Gateway, Cognito and AWS WAF: what is in front of applications. */
import { randomUUID } from 'node:crypto';
import { asText } from '../../json';
import { hex, itself, lastPart, named, type PlainType, type PlainTypes, regional, unnamed } from './form';

const capitals = (digits: number): string => hex(digits).toUpperCase();

/** `Ref` gives an id of this many characters. */
function coded(digits: number, ...attributes: readonly string[]): PlainType {
  return {
    physicalId: () => hex(digits),
    attributes: Object.fromEntries(attributes.map((attribute) => [attribute, itself])),
  };
}

/** `NAME|ID|SCOPE` */
function ofWaf(kind: string): PlainType {
  const arn = regional('wafv2', (id) => {
    const [name = '', uuid = '', scope = ''] = id.split('|');
    return `${scope === 'CLOUDFRONT' ? 'global' : 'regional'}/${kind}/${name}/${uuid}`;
  });
  return {
    name: 'Name',
    physicalId: (name, _context, { Scope: scope }) => `${name}|${randomUUID()}|${asText(scope)}`,
    attributes: { Arn: arn, Id: (id) => id.split('|')[1] ?? '' },
  };
}

export const WEB: PlainTypes = {
  'AWS::ApiGateway::Account': coded(10, 'Id'),
  'AWS::ApiGateway::Authorizer': coded(6, 'AuthorizerId'),
  'AWS::ApiGateway::Deployment': coded(6, 'DeploymentId'),
  'AWS::ApiGateway::Method': unnamed(),
  'AWS::ApiGateway::Resource': coded(6, 'ResourceId'),
  'AWS::ApiGateway::RestApi': {
    physicalId: () => hex(10),
    attributes: { RestApiId: itself, RootResourceId: () => hex(10) },
  },
  'AWS::ApiGateway::Stage': named('StageName'),
  'AWS::ApiGatewayV2::Api': {
    physicalId: () => hex(10),
    attributes: {
      ApiId: itself,
      ApiEndpoint: (id, { region, urlSuffix }, { ProtocolType: protocol }) =>
        `${asText(protocol) === 'WEBSOCKET' ? 'wss' : 'https'}://${id}.execute-api.${region}.${urlSuffix}`,
    },
  },
  'AWS::ApiGatewayV2::Authorizer': coded(6, 'AuthorizerId'),
  'AWS::ApiGatewayV2::Deployment': coded(6, 'DeploymentId'),
  'AWS::ApiGatewayV2::Integration': coded(7, 'IntegrationId'),
  'AWS::ApiGatewayV2::Route': coded(7, 'RouteId'),
  'AWS::ApiGatewayV2::Stage': named('StageName'),
  'AWS::ApiGatewayV2::VpcLink': coded(6, 'VpcLinkId'),
  'AWS::CloudFront::CachePolicy': { physicalId: () => randomUUID(), attributes: { Id: itself } },
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': {
    physicalId: () => `E${capitals(13)}`,
    attributes: { Id: itself },
  },
  'AWS::CloudFront::Distribution': {
    physicalId: () => `E${capitals(13)}`,
    attributes: { Id: itself, DomainName: () => `d${hex(13)}.cloudfront.net` },
  },
  'AWS::CloudFront::OriginAccessControl': {
    physicalId: () => `E${capitals(13)}`,
    attributes: { Id: itself },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { physicalId: () => randomUUID(), attributes: { Id: itself } },
  'AWS::Cognito::IdentityPool': {
    physicalId: (_name, { region }) => `${region}:${randomUUID()}`,
    attributes: { Id: itself },
  },
  'AWS::Cognito::IdentityPoolRoleAttachment': unnamed('Id'),
  'AWS::Cognito::UserPool': {
    physicalId: (_name, { region }) => `${region}_${hex(9)}`,
    attributes: {
      UserPoolId: itself,
      Arn: regional('cognito-idp', (id) => `userpool/${id}`),
      ProviderName: (id, { region, urlSuffix }) => `cognito-idp.${region}.${urlSuffix}/${id}`,
      ProviderURL: (id, { region, urlSuffix }) => `https://cognito-idp.${region}.${urlSuffix}/${id}`,
    },
  },
  'AWS::Cognito::UserPoolClient': { physicalId: () => hex(26), attributes: { ClientId: itself } },
  'AWS::Cognito::UserPoolDomain': named('Domain'),
  'AWS::Cognito::UserPoolGroup': named('GroupName'),
  'AWS::Cognito::UserPoolUser': named('Username'),
  'AWS::Lambda::Url': {
    physicalId: (_name, _context, { TargetFunctionArn: target }) => asText(target),
    attributes: {
      FunctionArn: itself,
      FunctionUrl: (_id, { region }) => `https://${hex(32)}.lambda-url.${region}.on.aws/`,
    },
  },
  'AWS::WAFv2::IPSet': ofWaf('ipset'),
  'AWS::WAFv2::LoggingConfiguration': {
    physicalId: (_name, _context, { ResourceArn: resource }) => asText(resource),
    attributes: {},
  },
  'AWS::WAFv2::RegexPatternSet': ofWaf('regexpatternset'),
  'AWS::WAFv2::RuleGroup': ofWaf('rulegroup'),
  'AWS::WAFv2::WebACL': ofWaf('webacl'),
  'AWS::WAFv2::WebACLAssociation': {
    physicalId: (_name, _context, { WebACLArn: acl, ResourceArn: resource }) =>
      `${asText(acl)}|${asText(resource)}`,
    attributes: {},
  },
  'AWS::CloudFront::Function': {
    name: 'Name',
    physicalId: (name, { partition, accountId }) =>
      `arn:${partition}:cloudfront::${accountId}:function/${name}`,
    attributes: { 'FunctionMetadata.FunctionARN': itself, FunctionARN: itself, Stage: () => 'LIVE' },
  },
  'AWS::Route53::HealthCheck': { physicalId: () => randomUUID(), attributes: { HealthCheckId: itself } },
  'AWS::Route53::RecordSetGroup': unnamed('Id'),
  'AWS::GlobalAccelerator::Accelerator': {
    physicalId: (_name, { partition, accountId }) =>
      `arn:${partition}:globalaccelerator::${accountId}:accelerator/${randomUUID()}`,
    attributes: {
      AcceleratorArn: itself,
      DnsName: (id) => `a${lastPart(id).slice(0, 16).replaceAll('-', '')}.awsglobalaccelerator.com`,
    },
  },
};
