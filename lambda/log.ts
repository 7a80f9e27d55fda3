/**
 * One JSON line per phase on standard output, in Powertools' field names, so that existing queries work. Accepts
 * nothing but what its caller picked: events come in through `forLog`, tokens and URLs never (CR-43, CR-46).
 */
export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

export interface Log {
  (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** A log whose every line carries `context`: request id, stack, logical id. */
export function createLog(write: (line: string) => void, context: Readonly<Record<string, unknown>>): Log {
  return (level, message, fields = {}) =>
    write(
      JSON.stringify({
        level,
        message,
        timestamp: new Date().toISOString(),
        service: 'cfn-eks-access',
        ...context,
        ...fields,
      }),
    );
}
