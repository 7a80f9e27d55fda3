/** Strings and slices of strings as `encoding/json` fills them, whatever they held before. */
import { type GoValue } from '../../go-yaml/decode';

/** Takes what is wrong with a value, to be continued after the field's name. */
export type Report = (problem: string) => void;

/** JSON null leaves a string as it is. */
export function decodeText(current: string, value: GoValue, report: Report): string {
  if (value.type === 'string') return value.value;
  if (value.type !== 'null') report(`is ${nameOf(value)}, not a string: put it in quotes`);
  return current;
}

/**
 * A Go slice that several spellings of `groups` decode into one after the other: an element of the wrong type, or
 * null, shows what the slice held there before.
 */
export class GoStrings {
  private memory: string[] = [];
  private length = 0;

  decode(value: GoValue, report: Report): void {
    if (value.type === 'null') {
      this.memory = [];
      this.length = 0;
    } else if (value.type !== 'array') {
      report(`is ${nameOf(value)}, not a list`);
    } else {
      if (value.items.length === 0) this.memory = [];
      this.length = value.items.length;
      value.items.forEach((item, index) => {
        this.memory[index] = decodeText(this.memory[index] ?? '', item, report);
      });
    }
  }

  values(): readonly string[] {
    return this.memory.slice(0, this.length);
  }
}

const NAMES: Readonly<Partial<Record<GoValue['type'], string>>> = {
  string: 'a string',
  bool: 'a boolean',
  array: 'a list',
  object: 'a map',
};

export function nameOf({ type }: GoValue): string {
  return NAMES[type] ?? 'a number';
}
