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
  /** A service failed, or could not be heard. */
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

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly mayHaveActed?: boolean } = {},
  ) {
    super(message, options);
    this.mayHaveActed = options.mayHaveActed ?? false;
  }
}

/** Shorthand for the commonest one: the template asks for something that cannot be. */
export function invalidRequest(message: string): ProviderError {
  return new ProviderError('InvalidRequest', message);
}
