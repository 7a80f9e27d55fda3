/**
 * What a watch asks for: from where on, for how long, and whether it begins with what is there. Pure.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists
 */
import { badRequest, type StatusCause, StatusError } from './status';

export interface WatchOptions {
  /** 0: whatever is there now. */
  readonly version: number;
  /** Undefined: until the client goes. */
  readonly seconds: number | undefined;
  /** Whether what is there comes first, as ADDED. */
  readonly beginsWithState: boolean;
  /** Whether a BOOKMARK ends that. */
  readonly isMarked: boolean;
}

/** Throws StatusError, as kube-apiserver 1.34 refuses it. */
export function watchOptionsOf(query: URLSearchParams): WatchOptions {
  const initial = query.get('sendInitialEvents');
  const match = query.get('resourceVersionMatch') ?? '';
  const causes = causesOf(initial, match);
  if (causes.length > 0) throw invalidOptions(causes);
  const version = wholeNumber(query.get('resourceVersion') ?? '');
  // Without a word of it, who begins anywhere begins with what is there.
  const beginsWithState = initial === null ? version === 0 : isTrue(initial);
  const timeout = query.get('timeoutSeconds');
  return {
    version,
    seconds: timeout === null ? undefined : secondsOf(timeout),
    beginsWithState,
    isMarked: beginsWithState && isTrue(query.get('allowWatchBookmarks')),
  };
}

/** As Kubernetes reads a flag of a URL. */
export function isTrue(flag: string | null): boolean {
  return flag !== null && flag !== '0' && flag.toLowerCase() !== 'false';
}

function causesOf(initial: string | null, match: string): StatusCause[] {
  const forbidden = (message: string): StatusCause => ({
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${message}`,
    field: 'resourceVersionMatch',
  });
  if (initial === null)
    return match === ''
      ? []
      : [forbidden('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided')];
  if (match === 'NotOlderThan') return [];
  const causes = [forbidden('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan')];
  if (match === '') return causes;
  const message = `Unsupported value: ${JSON.stringify(match)}: supported values: "NotOlderThan"`;
  return [...causes, { reason: 'FieldValueNotSupported', message, field: 'resourceVersionMatch' }];
}

function invalidOptions(causes: readonly StatusCause[]): StatusError {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const details = { group: 'meta.k8s.io', kind: 'ListOptions', causes };
  return new StatusError(422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: ${list}`, details);
}

function wholeNumber(text: string): number {
  if (/^\d*$/.test(text)) return Number(text);
  const quoted = JSON.stringify(text);
  const message = `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
  throw new StatusError(500, '', message);
}

function secondsOf(text: string): number | undefined {
  if (!/^[-+]?\d+$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text) === 0 ? undefined : Math.max(Number(text), 0);
}
