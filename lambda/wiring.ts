/** What the function is given from outside: Lambda's context of one invocation, and the parts that `index.ts` wires up. */
import { type Guardrails } from '../access/guardrails/guardrails';
import { type Deadline } from '../access/retry';
import { type SendOptions } from './cloudformation/send';
import { type ProviderEnvironment } from './cluster/provider-identity';
import { type Edges, type Invocation } from './invocation';
import { type Log } from './log';

/** What the handler uses of Lambda's context. */
export interface FunctionContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/** What `index.ts` wires up; everything that is not a decision. */
export interface Wiring extends ProviderEnvironment {
  /** The clients and stores of one invocation; every request of theirs carries the deadline's signal. */
  edges(deadline: Deadline, of: Pick<Invocation, 'provider' | 'owner' | 'counts'>): Edges;
  guardrails(): Guardrails;
  /** What the provider's own schedule may do; left out: there is none. */
  followMode?(): string | undefined;
  /** Whether IAM may be asked for roles that were made again; left out: it may not. */
  healRecreatedRoles?(): string | undefined;
  /** Extra answer origins for local runs (CR-36). */
  responseHosts(): readonly string[];
  send(url: URL, body: string, options: SendOptions): Promise<void>;
  log(context: Readonly<Record<string, unknown>>): Log;
  readonly clock: { now(): number; random(): number };
}
