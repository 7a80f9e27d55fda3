/**
 * What an SDK client throws where the service refused, or no answer came; everything else is a fault of the program,
 * and is let through. The same for every client.
 */

import { getRetryAfterHint } from '@smithy/core/retry';

/** No answer came: the connection failed, or nothing was heard in time. The request may have been carried out. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';

  constructor(host: string, code: string, cause: unknown) {
    super(`no answer from ${host} (${code})`, { cause });
  }
}

/** An error of the SDK's, by the members that count; `isSdkFailure` tells. */
export interface SdkFailure extends Error {
  /** On what the service refused: whose fault it is. */
  readonly $fault?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  /** On an answer that could not be read as well. */
  readonly $response?: unknown;
  /** On what the SDK's model of the service says may pass. */
  readonly $retryable?: { readonly throttling?: boolean };
}

export function isSdkFailure(error: unknown): error is SdkFailure {
  if (typeof error !== 'object' || error === null) return false;
  return error instanceof ConnectionError || '$fault' in error || '$response' in error;
}

export interface ReadFailure {
  /** As the service names it (`ResourceNotFoundException`); `HTTP502` where an answer cannot be read. */
  readonly name: string;
  readonly message: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly requestId: string | undefined;
  /** Whether the SDK's model calls it throttling; names say it of most others. */
  readonly isThrottling?: boolean | undefined;
  /** Milliseconds for which the service asks not to be called again. */
  readonly retryAfterMs?: number | undefined;
}

/** Whether the service asks for fewer calls: by its status, by the SDK's model, or by its name for it. */
export function isThrottled({
  name,
  status,
  isThrottling,
}: Pick<ReadFailure, 'name' | 'status' | 'isThrottling'>): boolean {
  return (
    isThrottling === true ||
    status === 429 ||
    /throttl|too ?many ?requests|(?<!resource)limit ?exceeded|slow ?down/i.test(name)
  );
}

/** The name of an error as a sentence may quote it: what answers may be anything. */
export function quotableName({ name }: Pick<ReadFailure, 'name'>): string {
  return /^\w{1,64}$/.test(name) ? name : 'an error without a name';
}

export function readFailure(failure: SdkFailure): ReadFailure {
  const { name, message } = failure;
  if (failure instanceof ConnectionError) return { name, message, status: 0, requestId: undefined };
  const { httpStatusCode: status = 0, requestId } = failure.$metadata ?? {};
  const now = Date.now();
  // Of Retry-After, or x-amz-retry-after: a time that is reckoned from now, and so never too short by it.
  const askedUntil = getRetryAfterHint(failure.$response);
  const retryAfterMs = askedUntil && askedUntil.getTime() - now;
  const isThrottling = failure.$retryable?.throttling;
  if (failure.$fault !== undefined) return { name, message, status, requestId, isThrottling, retryAfterMs };
  // A proxy's page, half a document: the parser's own words help nobody.
  return {
    name: `HTTP${status}`,
    message: `HTTP ${status} without a readable answer`,
    status,
    requestId,
    retryAfterMs,
  };
}
