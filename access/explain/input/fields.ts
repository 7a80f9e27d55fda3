/** Fields of JSON that people hand in, each with an error that names it. Pure. */
import { Problem } from './problem';

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export class InputReader {
  /** `name`: of the file. */
  constructor(private readonly name: string) {}

  text(fields: Fields, key: string, otherwise?: string): string {
    const value = fields[key] ?? otherwise;
    if (typeof value === 'string') return value;
    throw this.problem(key, 'text', value);
  }

  texts(fields: Fields, key: string): readonly string[] {
    const value = fields[key] ?? [];
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
    throw this.problem(key, 'a list of texts', value);
  }

  list(fields: Fields, key: string): readonly Fields[] {
    const value = fields[key];
    const items = Array.isArray(value) ? value.map(fieldsOf) : [undefined];
    const objects = items.filter((item) => item !== undefined);
    if (objects.length === items.length) return objects;
    throw this.problem(key, 'a list of objects', value);
  }

  textByName(fields: Fields, key: string): Readonly<Record<string, string>> {
    const value = fields[key] ?? {};
    const all = fieldsOf(value);
    if (all !== undefined && Object.values(all).every((each) => typeof each === 'string'))
      return all as Readonly<Record<string, string>>;
    throw this.problem(key, 'texts by name', value);
  }

  /** ISO 8601, or seconds since 1970: `cli_timestamp_format` chooses. */
  date(fields: Fields, key: string): Date | undefined {
    const value = fields[key] ?? undefined;
    if (value === undefined) return undefined;
    const date =
      typeof value === 'number' ? new Date(value * 1000) : new Date(typeof value === 'string' ? value : NaN);
    if (!Number.isNaN(date.getTime())) return date;
    throw this.problem(key, 'a date', value);
  }

  private problem(key: string, what: string, value: unknown): Problem {
    const shownValue = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80);
    return new Problem(
      value === undefined
        ? `${this.name}: ${key} is missing, which has to be ${what}.`
        : `${this.name}: ${key} has to be ${what}, and is ${shownValue}.`,
    );
  }
}
