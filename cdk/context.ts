/** Context of the App, from `-c name=value` (text) or cdk.json (JSON). */
import { type App } from 'aws-cdk-lib';

export interface ContextReader {
  /** Undefined when it was not given. */
  readonly text: (name: string) => string | undefined;
  /** A list: JSON, or words separated by commas. */
  readonly list: (name: string) => string[] | undefined;
  /** Any other JSON. Throws for text that is not JSON. */
  readonly json: (name: string) => unknown;
}

export function contextReader(app: App): ContextReader {
  const raw = (name: string): unknown => app.node.tryGetContext(name) as unknown;
  const json = (name: string): unknown => {
    const value = raw(name);
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch (cause) {
      throw new Error(
        `context ${name} is ${JSON.stringify(value)}, which is not JSON: quote it for the shell`,
        { cause },
      );
    }
  };
  return {
    json,
    text: (name) => (raw(name) === undefined ? undefined : String(raw(name))),
    list: (name) => {
      const value = raw(name);
      if (typeof value === 'string' && !value.startsWith('[')) return value.split(',');
      return json(name) as string[] | undefined;
    },
  };
}
