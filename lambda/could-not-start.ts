/**
 * Answers for a function whose code threw while Lambda loaded it: else CloudFormation waits an hour (CR-8).
 *
 * `build/lambda.mjs` puts the bundle into a `try` whose `catch` calls `couldNotStart` of `index.ts`, which imports this
 * file first: what is imported here has run by then, in this order, so that what every answer needs comes first. Of the rest there
 * may be nothing but its function declarations, which JavaScript makes before it runs the first line.
 */
import { sendAnswer } from './cloudformation/send';
import { createLog } from './log';
import { debuggingFacts } from './failure';
import { ProviderError } from '../access/errors';
import { ENVIRONMENT } from '../access/contract';
import { handle } from './handler';
import { type FunctionContext, type Wiring } from './wiring';

type Serve = (event: unknown, context: FunctionContext) => Promise<void>;

/** What every answer needs of the outside. */
export function outside(): Pick<Wiring, 'responseHosts' | 'send' | 'log' | 'clock'> {
  return {
    responseHosts: () =>
      (process.env[ENVIRONMENT.responseHosts] ?? '').split(',').filter((host) => host !== ''),
    send: sendAnswer,
    log: (context) => createLog((line) => void process.stdout.write(`${line}\n`), context),
    clock: { now: () => Date.now(), random: () => Math.random() },
  };
}

/** A handler that answers every event of CloudFormation FAILED. It logs `thrown` at once, because not every event is one of those. */
export function refusalOfAll(thrown: unknown): Serve {
  const around = outside();
  around.log({})('ERROR', 'the provider could not start', debuggingFacts(thrown));
  const refuse = (): never => {
    throw new ProviderError(
      'InternalFailure',
      "the provider could not start: its log says why, and the provider's owner has to fix it; changing the template will not help",
      { cause: thrown },
    );
  };
  const nothing = (): undefined => undefined;
  const wiring = { ...around, edges: refuse, guardrails: refuse, roleArn: nothing, clusterRoles: nothing };
  return (event, context) => handle(event, context, wiring);
}
