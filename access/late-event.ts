/** The refusal of an event that a later one of the same resource has overtaken on its way (CR-24). */
import { ProviderError } from './errors';

export class LateEvent extends ProviderError {
  /** `detail`: how that is known. */
  constructor(detail: string) {
    super(
      'NotStabilized',
      `CloudFormation no longer waits for this request: nothing was changed (${detail})`,
    );
  }
}

/** A record of the same resource is newer. */
export function overtakenEvent(): LateEvent {
  return new LateEvent('a later request of this resource has been served');
}
