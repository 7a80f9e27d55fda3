/** Reads the flat parameters of the AWS Query protocol: `Tags.member.1.Key=…`. */
import { validationError } from '../api-error';

export function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value !== null && value !== '') return value;
  const member = name[0]?.toLowerCase() + name.slice(1);
  throw validationError(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

export function optional(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.get(name) ?? undefined;
}

/** `Capabilities.member.1`, … */
export function list(parameters: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = parameters.get(`${name}.member.${index}`);
    if (value === null) return values;
    values.push(value);
  }
}

/** `Parameters.member.1.ParameterKey`, … as one record each. */
export function records(parameters: URLSearchParams, name: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  for (const [key, value] of parameters) {
    const match = /^(.+)\.member\.(\d+)\.(\w+)$/.exec(key);
    if (!match || match[1] !== name) continue;
    const index = Number(match[2]) - 1;
    found[index] = { ...found[index], [match[3] ?? '']: value };
  }
  return found.filter((record) => record !== undefined);
}
