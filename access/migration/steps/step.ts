/** One step of a move to access entries. Types only. */
import { type AssociatedPolicy, type DesiredAccessEntry } from '../../access-entry/access-entry';
import { type AwsAuthData } from '../../aws-auth/identity-mapping';

type Texts = Readonly<Record<string, string>>;

/** What changes something, waits or proves: after it the cluster is looked at again. */
export type Action =
  | { readonly do: 'copy'; readonly name: string; readonly data: Texts; readonly annotations: Texts }
  | { readonly do: 'change mode'; readonly to: 'API_AND_CONFIG_MAP' | 'API' }
  /** `what`: one clause. */
  | { readonly do: 'wait'; readonly what: string }
  /** The entry with all its policies; what cannot be finished is taken back. */
  | { readonly do: 'make entry'; readonly entry: DesiredAccessEntry }
  /** Of an entry that a run before has made and not finished. */
  | {
      readonly do: 'add policies';
      readonly principalArn: string;
      readonly policies: readonly AssociatedPolicy[];
    }
  | { readonly do: 'prove' }
  /** `until`: milliseconds since 1970. */
  | { readonly do: 'bake'; readonly until: number }
  | { readonly do: 'take out'; readonly principal: string; readonly data: AwsAuthData }
  | { readonly do: 'put back'; readonly principals: readonly string[]; readonly data: AwsAuthData }
  | { readonly do: 'delete entry'; readonly principalArn: string };

/**
 * `done`: all that was approved. `go-ahead`: the next step is for a person to allow. `stop`: something is not as it has to
 * be.
 */
export type End = {
  readonly do: 'done' | 'go-ahead' | 'stop';
  /** One or more sentences. */
  readonly why: string;
  /** What stays as it is, and why: one sentence each. */
  readonly left: readonly string[];
  /** What is to be given to `--approve-api`, where that is the next step. */
  readonly apiDigest?: string | undefined;
  /** Why the cluster has to stay in API_AND_CONFIG_MAP, one sentence each; empty where there is an `apiDigest`. */
  readonly against?: readonly string[];
};

export type Step = Action | End;

export function isEnd(step: Step): step is End {
  return step.do === 'done' || step.do === 'go-ahead' || step.do === 'stop';
}

export function stop(why: string, left: readonly string[] = []): End {
  return { do: 'stop', why, left };
}
