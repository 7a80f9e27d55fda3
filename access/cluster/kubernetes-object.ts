/** The object with which the Kubernetes API answers. */
import { type AskedAs, type RefusedAnswer, refusal, unreadable } from './kubernetes-refusal';

/**
 * Throws ProviderError: what the API server refused, and ServiceUnavailable for a success without an object. That is not
 * the API server's, and what is between may have kept the request to itself.
 */
export function objectOf<T extends { readonly metadata?: unknown }>(
  answer: RefusedAnswer,
  askedAs: AskedAs,
): T {
  if (answer.status >= 300) throw refusal(answer, askedAs);
  const object = parse(answer.body) as T | null | undefined;
  if (!object?.metadata) throw unreadable(askedAs);
  return object;
}

/** Undefined for what is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
