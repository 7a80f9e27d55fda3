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

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors, each of status 502 */
export function keyUnusable(state: 'Disabled' | 'PendingDeletion'): FunctionError {
  return state === 'Disabled'
    ? error(
        'KMSDisabledException',
        "Lambda couldn't decrypt the environment variables because the KMS key used is disabled. Check the Lambda function's KMS key settings.",
      )
    : error(
        'KMSInvalidStateException',
        "Lambda couldn't decrypt the environment variables because the state of the KMS key used is not valid for Decrypt. Check the function's KMS key settings.",
      );
}

function error(errorType: string, errorMessage: string): FunctionError {
  return { errorType, errorMessage, trace: [] };
}
