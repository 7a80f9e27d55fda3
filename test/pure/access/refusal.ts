/** The error that `run` throws; fails when it throws none. */
export function refusalOf(run: () => unknown): unknown {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    return error;
  }
  throw new Error(`nothing was refused, the result is ${JSON.stringify(result)}`);
}
