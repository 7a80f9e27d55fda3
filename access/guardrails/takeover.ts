/**
 * Whether ExistingEntry may do what a template asks of it: the stack author writes it, so it protects no entry by
 * itself (CR-38). Pure.
 */
import { refusal } from './refusal';
import { type ExistingEntry } from '../desired-access';
import { type ProviderError } from '../errors';
import { type Guardrails } from '../../schemas/generated/types';

/**
 * Asked only where ADOPT or REPLACE would really take an entry over, on Create and Update alike; never of an entry of
 * the same resource or of one that its own stack passes on. `hasRecord`: the entry names a stack that owns it and
 * still exists.
 */
export function takeoverAllowed({ allowTakeover = 'none' }: Guardrails, hasRecord: boolean): boolean {
  if (allowTakeover === 'any') return true;
  return allowTakeover === 'unrecorded' && !hasRecord;
}

/** `whose` describes the entry: `the access entry of arn:…, owned by stack …`. The error is AccessDenied. */
export function takeoverRefusal(existingEntry: ExistingEntry, whose: string): ProviderError {
  return refusal(`ExistingEntry is ${existingEntry} and would take over ${whose}`, 'allowTakeover');
}
