/** What is wrong with a template, in one sentence that begins with the place. Shown as a ValidationError. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  /** `source` is the template's file name. */
  constructor(source: string, sentence: string) {
    super(`${source}: ${sentence}`);
  }
}
