/** What a command of the demonstration says when it cannot go on, and the exit code that it ends with. */
import { CloudFormationError } from '../aws/cloudformation/api-error';
import { TemplateError } from '../aws/cloudformation/template-error';
import { UsageError } from './command-line';

export interface Failure {
  readonly message: string;
  /** 2: something of the user's could not be read; 1: anything else. */
  readonly exitCode: 1 | 2;
}

export function failureOf(error: unknown): Failure {
  const isOfTheUser =
    error instanceof UsageError || error instanceof TemplateError || error instanceof CloudFormationError;
  if (isOfTheUser) return { message: error.message, exitCode: 2 };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1 };
}

/** To standard error as text; where JSON was asked for, `{"error": …}` is a line of standard output as well. */
export function reportFailure(words: readonly string[], error: unknown): void {
  const { message, exitCode } = failureOf(error);
  if (words.some((word) => /^--json(=|$)/.test(word)))
    process.stdout.write(`${JSON.stringify({ error: message })}\n`);
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
