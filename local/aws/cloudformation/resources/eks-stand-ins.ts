/** What EKS has in a cluster beside access entries: stand-ins, of clusters that exist. */
import { asText } from '../json';
import { type Eks } from './eks-client';
import { plainType } from './plain';
import { type ResourceType } from './resource-type';
import { EKS } from './stand-ins/eks';

/** The types of `stand-ins/eks.ts` that name a cluster: EKS refuses them without it. */
export function standInsOfClusters(eks: Eks): [string, ResourceType][] {
  return Object.entries(EKS).map(([type, plain]) => {
    const standIn = plainType(plain);
    return [
      type,
      {
        ...standIn,
        create: async (properties, context) => {
          const name = asText(properties['ClusterName']);
          await eks((sdk, client) => client.send(new sdk.DescribeClusterCommand({ name })));
          return standIn.create(properties, context);
        },
      },
    ];
  });
}
