/**
 * Delivers the answer: one byte-exact PUT to the presigned URL, tried again where trying again can help (CR-2, CR-3).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
import { setTimeout as timer } from 'node:timers/promises';
import { ProviderError } from '../../access/errors';
import { exchange, type ExchangeAnswer, NoAnswer } from '../../access/http-exchange';
import { fullJitter, retry } from '../../access/retry';

/** Limit of one try, from connect to the status line. */
const TRY_MS = 4_000;

/** Another try is not worth a pause that leaves less than this, in milliseconds. */
const LAST_TRY_MS = 500;
/** Of the time that is left, milliseconds to say that the answer was not delivered before Lambda ends the function. */
const LAST_WORDS_MS = 250;

export interface SendOptions {
  /** Milliseconds left to the invocation at this moment. */
  readonly remainingMs: () => number;
  readonly random: () => number;
  /** Told of every failed try; never gets the URL. */
  readonly onRetry: (problem: string, failures: number) => void;
}

/**
 * Resolves once the bucket has taken the answer (2xx). Throws ProviderError when it could not be delivered in the
 * time there is: then the invocation must fail, so that Lambda runs it again (CR-7).
 */
export async function sendAnswer(url: URL, body: string, options: SendOptions): Promise<void> {
  const bytes = Buffer.from(body, 'utf8');
  let failed = { problem: '', failures: 0 };
  const time = {
    remainingMs: () => options.remainingMs() - LAST_TRY_MS,
    pause: async (ms: number) => {
      options.onRetry(failed.problem, failed.failures);
      await timer(ms);
    },
  };
  const attempt = (): Promise<void> =>
    tryOnce(url, bytes, Math.min(TRY_MS, options.remainingMs() - LAST_WORDS_MS));
  await retry(time, attempt, (error, failures) => {
    if (!(error instanceof Undelivered)) return undefined;
    failed = { problem: error.problem, failures };
    // A refusal (403: expired or denied) is given one more chance, because S3 is known to refuse wrongly at times; every other one is final.
    const mayPass = error.transient || (error.status === 403 && failures < 2);
    return mayPass ? fullJitter(failures, 200, 5_000, options.random) : undefined;
  });
}

class Undelivered extends ProviderError {
  constructor(
    readonly problem: string,
    readonly transient: boolean,
    readonly status?: number,
  ) {
    super('NotStabilized', `the answer could not be delivered to CloudFormation: ${problem}`);
  }
}

async function tryOnce(url: URL, body: Buffer, limitMs: number): Promise<void> {
  const { status } = await put(url, body, limitMs);
  if (status >= 200 && status < 300) return;
  const transient = status === 408 || status === 429 || status >= 500;
  throw new Undelivered(`the bucket answered ${status}`, transient, status);
}

async function put(url: URL, body: Buffer, limitMs: number): Promise<ExchangeAnswer> {
  try {
    // The content type is empty, because it is part of the signature; no agent, so that no socket outlives the
    // invocation.
    const headers = { 'content-type': '' };
    const answer = await exchange({ url, method: 'PUT', headers, body, agent: false, limitMs });
    answer.discard();
    return answer;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new Undelivered(`the connection failed (${error.code})`, true);
  }
}
