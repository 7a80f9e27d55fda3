/** How guardrails are worded, the same wherever they are read: in the function, the constructs and the plain template. Pure. */
import { ENVIRONMENT } from '../contract';
import { ProviderError } from '../errors';
import { type Guardrails } from '../../schemas/generated/types';

/** A template asks for more than the provider was deployed to give. */
export class GuardrailRefusal extends ProviderError {
  constructor(message: string) {
    super('AccessDenied', message);
  }
}

/** What a template asked for, and the key that would allow it: the stack author cannot, the provider's owner can. */
export function refusal(what: string, key: keyof Guardrails): ProviderError {
  return new GuardrailRefusal(
    `${what}, which this provider does not allow; its owner can allow it with ${key} in ${ENVIRONMENT.guardrails}`,
  );
}

/** `what` is where the guardrails were written; only the provider's owner can fix them. */
export function invalidGuardrails(what: string, why: string): string {
  return `${what} is invalid: ${why}; ask the owner of the provider stack to fix it`;
}
