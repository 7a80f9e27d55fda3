/** The options of `replay`: whose queue, and what may be done. Pure. */
import { type CallerOptions } from './live-options';
import { Problem } from './problem';

export interface ReplayOptions {
  readonly caller: CallerOptions;
  /** Name or ARN; undefined: the one that the stack of the provider exports. */
  readonly function: string | undefined;
  /** Whether the function is invoked, and what it has taken deleted. */
  readonly isApproved: boolean;
  /** Ids of messages that go without being run. */
  readonly discarded: readonly string[];
}

export const REPLAY_OPTIONS = {
  function: { type: 'string' },
  approve: { type: 'boolean' },
  discard: { type: 'string', multiple: true },
} as const;

interface Values {
  readonly function?: string | undefined;
  readonly approve?: boolean | undefined;
  readonly discard?: readonly string[] | undefined;
}

export function replayOptionsOf(values: Values, caller: CallerOptions): ReplayOptions {
  const { function: named, approve, discard = [] } = values;
  if (
    named !== undefined &&
    !/^(arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:)?[\w-]+(:[\w$-]+)?$/.test(named)
  )
    throw new Problem(
      `--function cannot be ${JSON.stringify(named)}: it is the name or the ARN of a function.`,
    );
  if (discard.length > 0 && approve !== true)
    throw new Problem('--discard deletes messages for good: say --approve as well.');
  return { caller, function: named, isApproved: approve === true, discarded: discard };
}
