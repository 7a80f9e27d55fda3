/** The errors of the EKS API with their status codes (GT-66) and measured texts. */

const statusOf = {
  AccessDeniedException: 403,
  BadRequestException: 400,
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  NotFoundException: 404,
  ResourceInUseException: 409,
  ResourceLimitExceededException: 400,
  ResourceNotFoundException: 404,
  SerializationException: 400,
  UnrecognizedClientException: 403,
  ExpiredTokenException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnknownOperationException: 404,
} as const;

export type EksErrorName = keyof typeof statusOf;

export class EksError extends Error {
  readonly status: number;

  constructor(
    readonly errorName: EksErrorName,
    message: string,
  ) {
    super(message);
    this.status = statusOf[errorName];
  }
}

export function invalidParameter(message: string): EksError {
  return new EksError('InvalidParameterException', message);
}

export function clusterNotFound(name: string): EksError {
  return new EksError('ResourceNotFoundException', `No cluster found for name: ${name}.`);
}

/** GT-95. */
export function entryNotFound(): EksError {
  return new EksError(
    'ResourceNotFoundException',
    "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
  );
}
