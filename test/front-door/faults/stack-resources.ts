/** A CloudFormation that knows of each resource by itself whether it is at rest, and under which id. */
import { type LoopbackServer, startLoopbackServer } from '../../../local/aws/server/loopback-server';

export interface StackResources {
  readonly server: LoopbackServer;
  /** From now on the resource is at rest. */
  rests(logicalId: string, physicalId: string): void;
}

export async function startStackResources(): Promise<StackResources> {
  const ids = new Map<string, string>();
  const server = await startLoopbackServer({
    handle: ({ body }) => {
      const id = ids.get(new URLSearchParams(body.toString()).get('LogicalResourceId') ?? '');
      const detail =
        id === undefined
          ? '<ResourceStatus>CREATE_IN_PROGRESS</ResourceStatus>'
          : `<ResourceStatus>CREATE_COMPLETE</ResourceStatus><PhysicalResourceId>${id}</PhysicalResourceId>`;
      return {
        status: 200,
        body: `<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>${detail}</StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>`,
      };
    },
  });
  return { server, rests: (logicalId, physicalId) => void ids.set(logicalId, physicalId) };
}
