/** Why a source could not be read: one clause with the permission to ask for. Never a request, a token or a header. */
import { TooSlow } from './session';

/** Of the vendors' errors, the members that count. */
interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string | number;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** `permission`: as `eks:ListAccessEntries on cluster prod`. */
export function whyOf(error: unknown, permission: string): string {
  if (error instanceof TooSlow) return error.message;
  const { name = '', message = '', code, $metadata } = (error ?? {}) as Failure;
  if (
    /^CredentialsProvider|^TokenProvider|^ExpiredToken|^UnrecognizedClient|^InvalidClientTokenId/.test(name)
  )
    return `there are no valid AWS credentials: ${oneLine(message)}`;
  if (/^AccessDenied|^UnauthorizedOperation/.test(name) || $metadata?.httpStatusCode === 403)
    return `you may not: ask for ${permission}`;
  if (/throttl|TooManyRequests/i.test(name)) return 'AWS throttles this account: try again';
  if ($metadata?.httpStatusCode !== undefined) return `${name}: ${oneLine(message)}`;
  const fault = typeof code === 'string' ? code : name;
  return `no answer (${fault || 'unknown error'}): is the network open?`;
}

export function isNamed(error: unknown, name: string): boolean {
  return (error as Failure | null)?.name === name;
}

/** Undefined for what EKS does not have, as what was deleted between a list and the look at it. */
export async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

export function textOf(error: unknown): string {
  return oneLine((error as Failure | null)?.message ?? '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\.$/, '').trim().slice(0, 200);
}
