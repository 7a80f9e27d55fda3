/**
 * The one error of the provider. Vendor errors are turned into it at the edge, so that inside there is one
 * small closed set of codes, in CloudFormation's own words.
 */
export type ErrorCode =
  | 'InvalidRequest'
  | 'NotFound'
  | 'AlreadyExists'
  | 'AccessDenied'
  | 'ResourceConflict'
  | 'Throttling'
  | 'NotStabilized'
  /** A service failed, or no answer came from it. */
  | 'ServiceUnavailable'
  | 'InternalFailure';

/**
 * `message` is one sentence for the stack author: what was wrong, the value, how to fix it; lower case, no full
 * stop, never a secret. It becomes the Reason of the stack event (CR-50).
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  /**
   * Whether a write may have happened all the same: said by the edge that saw the request go out and no refusal come
   * back, because the physical id of the answer depends on it (CR-13, CR-17).
   */
  readonly mayHaveActed: boolean;
  /** Milliseconds for which the service asks not to be called again (GT-62); undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: {
      readonly cause?: unknown;
      readonly mayHaveActed?: boolean | undefined;
      readonly retryAfterMs?: number | undefined;
    } = {},
  ) {
    super(message, options);
    this.mayHaveActed = options.mayHaveActed ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** EKS does not find the principal: it was made just now, it does not exist, or its ARN lacks its path (GT-74). */
export class UnknownPrincipal extends ProviderError {
  constructor(message: string, options: { readonly cause: unknown }) {
    super('NotStabilized', message, options);
  }
}

/** Shorthand for the commonest one: the template asks for something that cannot be. */
export function invalidRequest(message: string): ProviderError {
  return new ProviderError('InvalidRequest', message);
}

/** True for an error of ours with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): error is ProviderError {
  return error instanceof ProviderError && codes.includes(error.code);
}

/** What an edge said; of an error that no edge foresaw nothing is known, and who wrote says so (`writing`). */
export function mayHaveActed(error: unknown): boolean {
  return error instanceof ProviderError && error.mayHaveActed;
}

/** The same failure, by a caller who knows more: that an earlier step wrote, or that all has been taken back. */
export function withActed(error: unknown, acted: boolean): ProviderError {
  if (error instanceof ProviderError) {
    if (error.mayHaveActed === acted) return error;
    const { code, message, retryAfterMs } = error;
    return new ProviderError(code, message, { cause: error, mayHaveActed: acted, retryAfterMs });
  }
  return new ProviderError('InternalFailure', INTERNAL_ERROR, { cause: error, mayHaveActed: acted });
}

/** For unforeseen errors: what they say is for the log, not for a stack event. */
export const INTERNAL_ERROR =
  'internal error in the provider: see its log; changing the template will not help';

/** Undefined where `compute` refuses: for properties of the past, which cannot be corrected any more (CR-23). */
export function undefinedIfRefused<T>(compute: () => T): T | undefined {
  return unlessRefused(compute, () => undefined);
}

/** `refused` makes what is given instead of the sentence with which `compute` refuses. */
export function unlessRefused<T, R>(compute: () => T, refused: (why: string) => R): T | R {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ProviderError) return refused(error.message);
    throw error;
  }
}
