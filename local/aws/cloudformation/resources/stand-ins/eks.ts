/** What Amazon EKS has beside clusters and access entries. */
import { randomUUID } from 'node:crypto';
import { asText } from '../../json';
import { physicalName } from '../physical-name';
import { hex, itself, type PlainTypes, regional } from './form';

export const EKS: PlainTypes = {
  'AWS::EKS::Addon': {
    physicalId: (_name, _context, { ClusterName: cluster, AddonName: addon }) =>
      `${asText(cluster)}|${asText(addon)}`,
    attributes: {
      Arn: (id, context) =>
        regional('eks', () => `addon/${id.replace('|', '/')}/${randomUUID()}`)(id, context, {}),
    },
  },
  'AWS::EKS::FargateProfile': {
    physicalId: (_name, { logicalId }, { ClusterName: cluster, FargateProfileName: name }) =>
      `${asText(cluster)}|${name === undefined ? `${logicalId}-${hex(12)}` : asText(name)}`,
    attributes: {
      Arn: (id, context) =>
        regional('eks', () => `fargateprofile/${id.replace('|', '/')}/${randomUUID()}`)(id, context, {}),
    },
  },
  'AWS::EKS::Capability': {
    name: 'CapabilityName',
    physicalId: (name, context, { ClusterName: cluster }) =>
      regional('eks', () => `capability/${asText(cluster)}/${name}/${randomUUID()}`)('', context, {}),
    attributes: { Arn: itself },
  },
  'AWS::EKS::IdentityProviderConfig': {
    name: 'IdentityProviderConfigName',
    physicalId: (name, _context, { ClusterName: cluster, Type: type }) =>
      `${name}|${asText(cluster)}|${asText(type)}`,
    attributes: {
      IdentityProviderConfigArn: (id, context) => {
        const [name = '', cluster = '', type = ''] = id.split('|');
        const path = `identityproviderconfig/${cluster}/${type}/${name}/${randomUUID()}`;
        return regional('eks', () => path)(id, context, {});
      },
    },
  },
  'AWS::EKS::Nodegroup': {
    name: 'NodegroupName',
    physicalId: (name, _context, { ClusterName: cluster }) => `${asText(cluster)}/${name}`,
    attributes: {
      Arn: (id, context) => regional('eks', () => `nodegroup/${id}/${randomUUID()}`)(id, context, {}),
      ClusterName: (id) => id.split('/')[0] ?? '',
      Id: itself,
      NodegroupName: (id) => id.split('/')[1] ?? '',
    },
  },
  'AWS::EKS::PodIdentityAssociation': {
    physicalId: (_name, { partition, region, accountId, stackName, logicalId }, { ClusterName: cluster }) =>
      `arn:${partition}:eks:${region}:${accountId}:podidentityassociation/${asText(cluster)}/a-${physicalName(stackName, logicalId).slice(-12).toLowerCase()}`,
    attributes: { AssociationArn: itself, AssociationId: (id) => id.split('/')[2] ?? '' },
  },
};
