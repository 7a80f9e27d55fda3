/** What `replay` says of a message. Pure. */
import { type Replayed } from './replay';

export function clauseOf({ step, result, fault }: Replayed, approved: boolean): string {
  if (result === 'accepted')
    return fault === undefined
      ? 'the function has taken it'
      : `the function has taken it, but it is still in the queue: ${fault}`;
  if (fault !== undefined) return `still in the queue: ${fault}`;
  if (result === 'duplicate') return 'deleted: the same event was run';
  if (result === 'discarded') return 'deleted, and not run';
  switch (step.action) {
    case 'run':
      return 'can be run again';
    case 'duplicate':
      return approved
        ? `still in the queue: the same event as message ${step.of}, which was not run`
        : `the same event as message ${step.of}`;
    case 'left':
    case 'discard':
      return `left: ${step.why}`;
  }
}

/** Seconds since CloudFormation asked. */
export function ageOf({ step }: Replayed, now: Date): number | undefined {
  const at = step.event?.requestedAt;
  return at === undefined ? undefined : Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
}

export function ageInWords(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3_600)} h`;
}

/** Of a function, of its ARN. */
export function nameOf(arn: string): string {
  return arn.split(':')[6] ?? arn;
}
