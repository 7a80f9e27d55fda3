/** Stacks with their resources, as CloudFormation has them: those that records name, and those of a pattern. */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import {
  type SeenStack,
  type SeenStackResource,
  type SeenStacks,
} from '../../access/explain/drift/seen-stack';
import { type CallerOptions } from '../live-options';
import { atMost } from './at-most';
import { textOf, whyOf } from './refusal';
import { openSession, type Session, within } from './session';

const AT_ONCE = 8;

/** `isAsked`: of the name of a stack; undefined where no other stacks than the named ones are looked for. */
export async function reachStacks(
  options: CallerOptions,
  stackIds: readonly string[],
  isAsked: ((name: string) => boolean) | undefined,
): Promise<SeenStacks> {
  const session = await openSession(options);
  const { region, profile } = session;
  const client = new CloudFormationClient({ region, ...(profile === undefined ? {} : { profile }) });
  const listed = isAsked === undefined ? [] : await listStacks(client, session, isAsked);
  const found = 'why' in listed ? [] : listed;
  const ids = [...new Set([...stackIds, ...found])];
  const stacks = await atMost(AT_ONCE, ids, (stackId) => readStack(client, session, stackId));
  return { stacks, unlisted: 'why' in listed ? listed.why : undefined };
}

const LIVE = Object.values(StackStatus).filter((status) => status !== 'DELETE_COMPLETE');

async function listStacks(
  client: CloudFormationClient,
  session: Session,
  isAsked: (name: string) => boolean,
): Promise<readonly string[] | { readonly why: string }> {
  try {
    return await within(session, async (abortSignal) => {
      const found: string[] = [];
      let NextToken: string | undefined;
      do {
        const command = new ListStacksCommand({ StackStatusFilter: LIVE, NextToken });
        const page = await client.send(command, { abortSignal });
        for (const { StackId = '', StackName = '' } of page.StackSummaries ?? [])
          if (isAsked(StackName)) found.push(StackId);
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return found;
    });
  } catch (error) {
    return { why: whyOf(error, 'cloudformation:ListStacks') };
  }
}

async function readStack(
  client: CloudFormationClient,
  session: Session,
  stackId: string,
): Promise<SeenStack> {
  try {
    return await within(session, async (abortSignal): Promise<SeenStack> => {
      const command = new DescribeStacksCommand({ StackName: stackId });
      const [stack] = (await client.send(command, { abortSignal })).Stacks ?? [];
      const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
      if (status === 'DELETE_COMPLETE') return { stackId, state: 'gone' };
      const resources: SeenStackResource[] = [];
      let NextToken: string | undefined;
      do {
        const list = new ListStackResourcesCommand({ StackName: stackId, NextToken });
        const page = await client.send(list, { abortSignal });
        for (const each of page.StackResourceSummaries ?? [])
          resources.push({
            logicalId: each.LogicalResourceId ?? '',
            status: each.ResourceStatus ?? '',
            physicalId: each.PhysicalResourceId,
          });
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return { stackId, state: 'known', status, resources };
    });
  } catch (error) {
    // "Stack with id X does not exist": a ValidationError like many others.
    if (/does not exist/.test(textOf(error))) return { stackId, state: 'gone' };
    const permission = `cloudformation:DescribeStacks and cloudformation:ListStackResources on ${stackId}`;
    return { stackId, state: 'unknown', why: whyOf(error, permission) };
  }
}
