/** Why what a person handed in cannot be looked at: of the command line, exit code 2. */
export class Problem extends Error {
  override readonly name = 'Problem';

  /** `hint`: what to do instead, on a line of its own. */
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
