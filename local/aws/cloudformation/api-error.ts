/** An error of the CloudFormation API, in its own words. */
export class CloudFormationError extends Error {
  override readonly name = 'CloudFormationError';

  constructor(
    /** `ValidationError`, `AlreadyExistsException`, `InsufficientCapabilitiesException`, … */
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export function validationError(message: string): CloudFormationError {
  return new CloudFormationError('ValidationError', message);
}
