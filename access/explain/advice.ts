/** What to do about a finding, as every face says it. Pure. */
import { type Finding } from './finding';

/** Of several lines, which keep their indentation, one each. */
export function adviceOf({ text, note }: NonNullable<Finding['fix']>, hasPlace: boolean): readonly string[] {
  const verb = /^(?:aws|kubectl|eksctl) /.test(text) ? 'run' : hasPlace ? 'write' : 'add';
  const end = note === undefined ? '' : `  (${note})`;
  if (text === '') return [`remove it${end}`];
  return text.includes('\n') ? [`${verb}${end}`, ...text.split('\n')] : [`${verb} ${text}${end}`];
}
