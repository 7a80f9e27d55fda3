/**
 * Delivers the answer: one byte-exact PUT to the presigned URL, tried again where trying again can help (CR-2, CR-3).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { ProviderError } from '../../access/errors';
import { fullJitter } from '../../access/retry';

/** Limit of one try, from connect to the status line. */
const TRY_MS = 4_000;

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
  for (let failures = 1; ; failures += 1) {
    const problem = await tryOnce(url, bytes, Math.min(TRY_MS, options.remainingMs()));
    if (problem === undefined) return;
    const wait = fullJitter(failures, 200, 5_000, options.random);
    // A refusal (403: expired or denied) is given one more chance, because S3 is known to err; the rest is final.
    const mayPass = problem.transient || (problem.status === 403 && failures < 2);
    if (!mayPass || options.remainingMs() < wait + 500) {
      throw new ProviderError(
        'NotStabilized',
        `the answer could not be delivered to CloudFormation: ${problem.text}`,
      );
    }
    options.onRetry(problem.text, failures);
    await pause(wait);
  }
}

interface Problem {
  readonly text: string;
  readonly transient: boolean;
  readonly status?: number;
}

function tryOnce(url: URL, body: Buffer, timeoutMs: number): Promise<Problem | undefined> {
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve) => {
    const outgoing = request(
      url,
      {
        method: 'PUT',
        // Path and query exactly as signed, the content type empty (it is part of the signature), the length in
        // bytes; no agent, so that no socket outlives the invocation.
        path: `${url.pathname}${url.search}`,
        headers: { 'content-type': '', 'content-length': body.length },
        agent: false,
        signal: AbortSignal.timeout(Math.max(1, timeoutMs)),
      },
      (incoming) => {
        incoming.resume();
        const status = incoming.statusCode ?? 0;
        if (status >= 200 && status < 300) return resolve(undefined);
        const transient = status === 408 || status === 429 || status >= 500;
        resolve({ text: `the bucket answered ${status}`, transient, status });
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The message of a system error may hold the address, never the query; the code says enough.
      resolve({ text: `the connection failed (${error.code ?? error.name})`, transient: true });
    });
    outgoing.end(body);
  });
}
