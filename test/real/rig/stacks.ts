/** Stacks with resources of the provider, run on the local CloudFormation. */
import { type Stack } from '../../../local/aws/cloudformation/stack/stack';
import { type ResourceType } from '../../../access/contract';
import { CLUSTER, type Rig } from './rig';

/** Logical id → type and properties beside the cluster and the service token. */
export type Resources = Readonly<Record<string, readonly [ResourceType, Readonly<Record<string, unknown>>]>>;

export interface Ended {
  readonly status: string;
  /** Of the resources that failed. */
  readonly reasons: readonly string[];
}

export async function createStack(rig: Rig, name: string, resources: Resources): Promise<Ended> {
  return ended(
    await rig.aws.cloudformation.createStack({
      name,
      template: templateOf(resources),
      templateLimit: 1_000_000,
    }),
    0,
  );
}

export async function updateStack(rig: Rig, name: string, resources: Resources): Promise<Ended> {
  const seen = rig.aws.cloudformation.stack(name)?.events.length ?? 0;
  return ended(
    await rig.aws.cloudformation.updateStack({
      name,
      template: templateOf(resources),
      templateLimit: 1_000_000,
    }),
    seen,
  );
}

export async function deleteStack(rig: Rig, name: string): Promise<Ended> {
  const stack = rig.aws.cloudformation.stack(name);
  const seen = stack?.events.length ?? 0;
  return ended(await rig.aws.cloudformation.deleteStack(name), seen);
}

function ended({ status, events }: Stack, seen: number): Ended {
  const failed = events
    .slice(seen)
    .filter((event) => event.status.endsWith('_FAILED') && event.type.startsWith('Custom::'));
  return { status, reasons: failed.map(({ reason }) => reason ?? '') };
}

function templateOf(resources: Resources): string {
  const entries = Object.entries(resources).map(([logicalId, [type, properties]]) => {
    const cluster = type === 'Custom::EksAccessEntry' ? { ClusterName: CLUSTER } : { Cluster: CLUSTER };
    return [
      logicalId,
      {
        Type: type,
        Properties: {
          ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
          ...cluster,
          ...properties,
        },
      },
    ];
  });
  return JSON.stringify({ Resources: Object.fromEntries(entries) as object });
}
