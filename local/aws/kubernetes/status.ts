/** The API server's refusals: `Status` objects with reasons and texts (GT-52 to GT-62). */

export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export class StatusError extends Error {
  constructor(
    readonly code: number,
    /** Empty: the API server leaves it out. */
    readonly reason: string,
    message: string,
    readonly details?: StatusDetails,
  ) {
    super(message);
  }

  body(): Record<string, unknown> {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason ? { reason: this.reason } : {}),
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

const about = (name: string): StatusDetails => ({ name, kind: 'configmaps' });

/** GT-52. */
export function conflict(name: string, why = modified): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on configmaps "${name}": ${why}`,
    about(name),
  );
}
const modified =
  'the object has been modified; please apply your changes to the latest version and try again';

/** GT-54. */
export function notFound(name: string): StatusError {
  return new StatusError(404, 'NotFound', `configmaps "${name}" not found`, about(name));
}

/** GT-55. */
export function alreadyExists(name: string): StatusError {
  return new StatusError(409, 'AlreadyExists', `configmaps "${name}" already exists`, about(name));
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** GT-61. */
export function invalid(name: string, causes: readonly StatusCause[]): StatusError {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const details = { name, kind: 'ConfigMap', causes };
  return new StatusError(422, 'Invalid', `ConfigMap "${name}" is invalid: ${list}`, details);
}

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

/** GT-57: what a patch that cannot be applied is answered with. */
export function unprocessablePatch(): StatusError {
  return new StatusError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}
