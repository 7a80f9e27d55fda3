/**
 * AWS::EKS::Cluster and AWS::EKS::AccessEntry by way of the local EKS API, with the real SDK, as CloudFormation's own
 * handlers do it (GT-120 to GT-122): an entry that exists is refused, a changed type collides with itself.
 */
import { accessEntryType } from './access-entry';
import { connect, type EksServices } from './eks-client';
import { clusterType } from './eks-cluster';
import { standInsOfClusters } from './eks-stand-ins';
import { type ResourceType } from './resource-type';

export function eksTypes(services: EksServices | undefined): (type: string) => ResourceType | undefined {
  const eks = connect(services);
  const table = new Map<string, ResourceType>([
    ['AWS::EKS::AccessEntry', accessEntryType(eks)],
    ['AWS::EKS::Cluster', clusterType(eks)],
    // Without an EKS to ask they are stand-ins like all others.
    ...(services ? standInsOfClusters(eks) : []),
  ]);
  return (type) => table.get(type);
}
