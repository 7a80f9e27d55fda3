/** The first line about drift: how many mappings, and what became of them. Pure. */
import { type DriftItem, type DriftState } from './drift-item';

/** `3 stacks declare 11 mappings: 8 as declared, 1 changed, 1 gone, 1 shadowed.` */
export function headlineOfDrift(items: readonly DriftItem[]): string {
  const stacks = counted(new Set(items.map(({ stackId }) => stackId)).size, 'stack');
  if (items.length === 0) return 'No stack declares a mapping.';
  const count = (state: DriftState): number => items.filter((item) => item.state === state).length;
  const left = STATES.filter((state) => count(state) > 0);
  if (left.length === 1 && left[0] === 'as declared')
    return `As declared: ${counted(items.length, 'mapping')} in ${stacks}.`;
  const parts = left.map(
    (state) => `${count(state)} ${state === 'orphan' && count(state) > 1 ? 'orphans' : state}`,
  );
  return `${counted(items.length, 'mapping')} in ${stacks}: ${parts.join(', ')}.`;
}

const STATES: readonly DriftState[] = [
  'as declared',
  'changed',
  'gone',
  'shadowed',
  'overridden',
  'unread',
  'taken',
  'moved',
  'orphan',
  'busy',
  'unknown',
];

function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}
