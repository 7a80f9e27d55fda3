/**
 * The parts of an ARN, by its colons.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** What follows, with its colons. */
  readonly resource: string;
}

/** Whatever the text is: each part that it does not have is empty. Pure. */
export function partsOfArn(text: string): ArnParts {
  const [, partition = '', service = '', region = '', accountId = '', ...resource] = text.split(':');
  return { partition, service, region, accountId, resource: resource.join(':') };
}
