/** Servers in front of ministack, because it has no cluster of its own and speaks XML only. */
import {
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from '../../../local/aws/server/loopback-server';
import { type AuthenticationMode } from '../../../local/aws/control-plane';

export interface EksFront {
  readonly server: LoopbackServer;
  /** What ministack does not keep: DescribeCluster says it, and access entries are refused in mode CONFIG_MAP (GT-103). */
  mode: AuthenticationMode;
}

/** The EKS API that the function sees; `authority` (PEM) is the cluster's. */
export async function startEksFront(
  ministack: string,
  authority: string,
  mode: AuthenticationMode,
): Promise<EksFront> {
  const handle = async (request: LocalRequest): Promise<LocalResponse> => {
    if (front.mode === 'CONFIG_MAP' && request.path.includes('/access-entries')) return noEntries;
    const answer = await passOn(request, ministack);
    const describes = request.method === 'GET' && /^\/clusters\/[^/]+$/.test(request.path);
    if (!describes || answer.status !== 200) return answer;
    const { cluster } = JSON.parse(answer.body) as { cluster: object };
    const certificateAuthority = { data: Buffer.from(authority).toString('base64') };
    const accessConfig = { authenticationMode: front.mode };
    return {
      ...answer,
      body: JSON.stringify({ cluster: { ...cluster, certificateAuthority, accessConfig } }),
    };
  };
  const front: EksFront = { server: await startLoopbackServer({ handle }), mode };
  return front;
}

const noEntries: LocalResponse = {
  status: 400,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'InvalidRequestException' },
  body: JSON.stringify({
    message:
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
  }),
};

/**
 * CloudFormation as the function asks it (CR-24, CR-28). ministack shows a resource as it was when it was last finished;
 * on AWS one that is being worked on is there with the status of its last event.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html
 */
export async function startCloudFormationFront(ministack: string): Promise<LoopbackServer> {
  return startLoopbackServer({
    handle: async (request) => {
      const answer = await passOn(request, ministack);
      const asked = new URLSearchParams(request.body.toString('utf8'));
      if (asked.get('Action') !== 'DescribeStackResource') return answer;
      asked.set('Action', 'DescribeStackEvents');
      const events = await passOn({ ...request, body: Buffer.from(asked.toString()) }, ministack);
      const status = statusNow(events.body.split('<member>').slice(1), asked.get('LogicalResourceId') ?? '');
      if (status === undefined) return answer;
      const [id = ''] = /<PhysicalResourceId>[^<]*<\/PhysicalResourceId>/.exec(answer.body) ?? [];
      const detail = `<ResourceStatus>${status}</ResourceStatus>${id}`;
      return {
        ...answer,
        status: 200,
        body: `<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>${detail}</StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>`,
      };
    },
  });
}

/** Of the resource's newest event; of the stack's, where that is under way and newer. `events`: newest first. */
function statusNow(events: readonly string[], logicalId: string): string | undefined {
  const statusOf = (event: string | undefined): string | undefined =>
    /<ResourceStatus>(\w+)</.exec(event ?? '')?.[1];
  const own = events.findIndex((event) => event.includes(`<LogicalResourceId>${logicalId}<`));
  const stack = events.findIndex((event) => event.includes('<ResourceType>AWS::CloudFormation::Stack<'));
  const ofStack = statusOf(events[stack]);
  const isNewer = stack >= 0 && (own < 0 || stack < own);
  return isNewer && ofStack?.endsWith('_IN_PROGRESS') ? ofStack : statusOf(events[own]);
}

/** STS as the authenticator wants it: it asks for JSON. */
export async function startStsFront(ministack: string): Promise<LoopbackServer> {
  return startLoopbackServer({
    handle: async (request) => {
      const { status, body } = await passOn(request, ministack);
      const [, arn] = /<Arn>(.*?)<\/Arn>/.exec(body) ?? [];
      const [, account] = /<Account>(.*?)<\/Account>/.exec(body) ?? [];
      const [, userId] = /<UserId>(.*?)<\/UserId>/.exec(body) ?? [];
      if (status !== 200 || arn === undefined) return { status: 403, body };
      const identity = { GetCallerIdentityResult: { Account: account, Arn: arn, UserId: userId } };
      const json = JSON.stringify({
        GetCallerIdentityResponse: { ...identity, ResponseMetadata: { RequestId: 'front' } },
      });
      return { status, headers: { 'content-type': 'application/json' }, body: json };
    },
  });
}

interface Passed {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Of one connection and not of the request. */
const hops = new Set(['host', 'connection', 'content-length', 'expect', 'transfer-encoding']);

async function passOn({ method, url, headers, body }: LocalRequest, target: string): Promise<Passed> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !hops.has(name)));
  const answer = await fetch(new URL(url, target), {
    method,
    headers: kept,
    ...(method === 'GET' ? {} : { body: body.toString('utf8') }),
  });
  const type = answer.headers.get('x-amzn-errortype');
  return {
    status: answer.status,
    headers: {
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
      ...(type === null ? {} : { 'x-amzn-errortype': type }),
    },
    body: await answer.text(),
  };
}
