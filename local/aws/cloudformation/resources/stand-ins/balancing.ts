/** Load balancers and names. */
import { hex, itself, named, type PlainTypes, regional, unnamed } from './form';

const elb = (rest: (name: string) => string) => regional('elasticloadbalancing', rest);

/** Of a load balancer: every region has its own. */
const hostedZone = (): string => `Z${hex(13).toUpperCase()}`;

export const BALANCING: PlainTypes = {
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    name: 'LoadBalancerName',
    maximum: 32,
    physicalId: itself,
    attributes: {
      CanonicalHostedZoneName: (id, { region, urlSuffix }) => `${id}-1234567890.${region}.elb.${urlSuffix}`,
      CanonicalHostedZoneNameID: hostedZone,
      DNSName: (id, { region, urlSuffix }) => `${id}-1234567890.${region}.elb.${urlSuffix}`,
      'SourceSecurityGroup.GroupName': () => 'default_elb',
      'SourceSecurityGroup.OwnerAlias': (_id, { accountId }) => accountId,
    },
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    physicalId: elb((name) => `listener/app/${name.slice(0, 32)}/${hex(16)}/${hex(16)}`),
    attributes: { ListenerArn: itself },
  },
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': unnamed('Id'),
  'AWS::ElasticLoadBalancingV2::ListenerRule': {
    physicalId: elb((name) => `listener-rule/app/${name.slice(0, 32)}/${hex(16)}/${hex(16)}/${hex(16)}`),
    attributes: { RuleArn: itself, IsDefault: () => false },
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    name: 'Name',
    maximum: 32,
    physicalId: elb((name) => `loadbalancer/app/${name}/${hex(16)}`),
    attributes: {
      LoadBalancerArn: itself,
      CanonicalHostedZoneID: hostedZone,
      LoadBalancerFullName: (id) => id.replace(/^.*:loadbalancer\//, ''),
      LoadBalancerName: (id) => id.split('/')[2] ?? '',
      DNSName: (id, { region, urlSuffix }) =>
        `${id.split('/')[2] ?? ''}-1234567890.${region}.elb.${urlSuffix}`,
    },
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    name: 'Name',
    maximum: 32,
    physicalId: elb((name) => `targetgroup/${name}/${hex(16)}`),
    attributes: {
      TargetGroupArn: itself,
      TargetGroupFullName: (id) => id.replace(/^.*:(?=targetgroup\/)/, ''),
      TargetGroupName: (id) => id.split('/')[1] ?? '',
    },
  },
  'AWS::Route53::HostedZone': {
    physicalId: () => `Z${hex(20).toUpperCase()}`,
    attributes: { Id: itself },
  },
  'AWS::ServiceDiscovery::PrivateDnsNamespace': {
    physicalId: () => `ns-${hex(16)}`,
    attributes: { Id: itself, Arn: regional('servicediscovery', (id) => `namespace/${id}`) },
  },
  'AWS::Route53::RecordSet': named('Name'),
};
