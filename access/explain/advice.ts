/** What to do about a finding, as every face says it. Pure. */
import { type Finding } from './finding';

/** Of several lines, which keep their indentation, one each. */
export function adviceOf({ text, note }: NonNullable<Finding['fix']>, hasPlace: boolean): readonly string[] {
  const [first = '', ...others] = text.split('\n');
  const verb = /^(?:aws|kubectl|eksctl) /.test(text) ? 'run' : hasPlace ? 'write' : 'add';
  const end = note === undefined ? '' : `  (${note})`;
  if (text === '') return [`remove it${end}`];
  return others.length === 0 ? [`${verb} ${first}${end}`] : [`${verb}${end}`, first, ...others];
}
