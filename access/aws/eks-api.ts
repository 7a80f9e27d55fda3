/**
 * The EKS operations that the provider uses, by the SDK's client (docs/decisions/0007). What `call` throws is the SDK's
 * own: `eks-refusal.ts` reads it.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html
 */
import * as Eks from '@aws-sdk/client-eks';
import { asCallOf, type AwsConnection, keptClient, perCall } from './sdk-client';

/** Input and output of each operation, as the SDK types them. */
export interface EksOperations {
  ListClusters: [Eks.ListClustersCommandInput, Eks.ListClustersCommandOutput];
  DescribeCluster: [Eks.DescribeClusterCommandInput, Eks.DescribeClusterCommandOutput];
  DescribeAccessEntry: [Eks.DescribeAccessEntryCommandInput, Eks.DescribeAccessEntryCommandOutput];
  ListAccessEntries: [Eks.ListAccessEntriesCommandInput, Eks.ListAccessEntriesCommandOutput];
  CreateAccessEntry: [Eks.CreateAccessEntryCommandInput, Eks.CreateAccessEntryCommandOutput];
  UpdateAccessEntry: [Eks.UpdateAccessEntryCommandInput, Eks.UpdateAccessEntryCommandOutput];
  DeleteAccessEntry: [Eks.DeleteAccessEntryCommandInput, Eks.DeleteAccessEntryCommandOutput];
  ListAssociatedAccessPolicies: [
    Eks.ListAssociatedAccessPoliciesCommandInput,
    Eks.ListAssociatedAccessPoliciesCommandOutput,
  ];
  AssociateAccessPolicy: [Eks.AssociateAccessPolicyCommandInput, Eks.AssociateAccessPolicyCommandOutput];
  DisassociateAccessPolicy: [
    Eks.DisassociateAccessPolicyCommandInput,
    Eks.DisassociateAccessPolicyCommandOutput,
  ];
  TagResource: [Eks.TagResourceCommandInput, Eks.TagResourceCommandOutput];
  UntagResource: [Eks.UntagResourceCommandInput, Eks.UntagResourceCommandOutput];
  UpdateClusterConfig: [Eks.UpdateClusterConfigCommandInput, Eks.UpdateClusterConfigCommandOutput];
  DescribeUpdate: [Eks.DescribeUpdateCommandInput, Eks.DescribeUpdateCommandOutput];
  ListUpdates: [Eks.ListUpdatesCommandInput, Eks.ListUpdatesCommandOutput];
}

export type EksOperation = keyof EksOperations;

export interface EksApi {
  /** Throws what `isEksFailure` knows when the service refused or no answer came, and the signal's reason once it is aborted. */
  call<O extends EksOperation>(
    operation: O,
    input: EksOperations[O][0],
  ): Promise<Omit<EksOperations[O][1], '$metadata'>>;
}

/** Named one by one, so that the rest of the client stays out of the bundle. */
const commands = {
  ListClusters: Eks.ListClustersCommand,
  DescribeCluster: Eks.DescribeClusterCommand,
  DescribeAccessEntry: Eks.DescribeAccessEntryCommand,
  ListAccessEntries: Eks.ListAccessEntriesCommand,
  CreateAccessEntry: Eks.CreateAccessEntryCommand,
  UpdateAccessEntry: Eks.UpdateAccessEntryCommand,
  DeleteAccessEntry: Eks.DeleteAccessEntryCommand,
  ListAssociatedAccessPolicies: Eks.ListAssociatedAccessPoliciesCommand,
  AssociateAccessPolicy: Eks.AssociateAccessPolicyCommand,
  DisassociateAccessPolicy: Eks.DisassociateAccessPolicyCommand,
  TagResource: Eks.TagResourceCommand,
  UntagResource: Eks.UntagResourceCommand,
  UpdateClusterConfig: Eks.UpdateClusterConfigCommand,
  DescribeUpdate: Eks.DescribeUpdateCommand,
  ListUpdates: Eks.ListUpdatesCommand,
} as const satisfies { readonly [O in EksOperation]: new (input: EksOperations[O][0]) => unknown };

/** As one type, which a table of classes has not; the table above is what is checked. */
const commandOf = (operation: EksOperation, input: object): Eks.DescribeClusterCommand =>
  new (commands[operation] as new (input: object) => Eks.DescribeClusterCommand)(input);

/** Members that go into the path. The SDK lets an empty one through, which would name the collection (GT-68). */
const LABELS = ['name', 'clusterName', 'principalArn', 'policyArn', 'resourceArn', 'updateId'];

function refuseEmptyLabels(operation: EksOperation, input: object): void {
  const empty = Object.entries(input).find(([name, value]) => value === '' && LABELS.includes(name));
  if (empty) throw new TypeError(`${operation} needs ${empty[0]}`);
}

const clientOf = keptClient((settings) => {
  const client = new Eks.EKSClient(settings);
  client.middlewareStack.use(perCall());
  return client;
});

export function openEksApi(connection: AwsConnection): EksApi {
  const { signal } = connection;
  return {
    call: async (operation, input) => {
      refuseEmptyLabels(operation, input);
      const command = asCallOf(connection, commandOf(operation, input));
      try {
        const output: unknown = await clientOf(connection).send(command);
        return output as EksOperations[typeof operation][1];
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      }
    },
  };
}
