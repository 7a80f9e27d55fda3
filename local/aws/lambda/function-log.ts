/** What the functions have written, as CloudWatch Logs keeps it. */
import { type LogLine } from './lambda-function';

export interface LogFilter {
  readonly requestId?: string;
  readonly functionName?: string;
}

export class FunctionLog {
  private readonly lines: LogLine[] = [];

  write(line: LogLine): void {
    this.lines.push(line);
  }

  /** Oldest first. */
  read({ requestId, functionName }: LogFilter): readonly LogLine[] {
    return this.lines.filter(
      (line) =>
        (requestId === undefined || line.requestId === requestId) &&
        (functionName === undefined || line.functionName === functionName),
    );
  }
}
