/** A template as the command line takes it. Types only. */
export interface TemplateFile {
  /** File name for messages. */
  readonly name: string;
  readonly text: string;
}
