/** Containers beside EKS, and how they are found and scaled. */
import { randomUUID } from 'node:crypto';
import { asText } from '../../json';
import { byArn, hex, itself, lastPart, named, type PlainTypes, regional, unnamed } from './form';

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
  'AWS::AutoScaling::ScheduledAction': unnamed('ScheduledActionName'),
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
  'AWS::Lambda::LayerVersionPermission': unnamed('Id'),
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
