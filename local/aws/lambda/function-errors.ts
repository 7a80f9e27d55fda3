/** The errors that Lambda itself makes of an invocation, in its words. Pure. */
import { type FunctionError } from './lambda-function';

export function noCode(obstacle = 'has no code that can be had here'): FunctionError {
  return error('Runtime.ImportModuleError', `the function ${obstacle}`);
}

/** `now`: milliseconds since 1970; `limit`: milliseconds. */
export function timedOut(now: number, requestId: string | undefined, limit: number): FunctionError {
  const seconds = (limit / 1000).toFixed(2);
  return error(
    'Sandbox.Timedout',
    `${new Date(now).toISOString()} ${requestId} Task timed out after ${seconds} seconds`,
  );
}

export function exited(requestId: string | undefined, status: number): FunctionError {
  return error(
    'Runtime.ExitError',
    `RequestId: ${requestId ?? ''} Error: Runtime exited with error: exit status ${status}`,
  );
}

export function stopped(): FunctionError {
  return error('Runtime.ExitError', 'the container was stopped');
}

function error(errorType: string, errorMessage: string): FunctionError {
  return { errorType, errorMessage, trace: [] };
}
