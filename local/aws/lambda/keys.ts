/** KMS keys as far as Lambda meets them: a function does not start while the key of its environment cannot be used. */
import { keyUnusable } from './function-errors';
import { type FunctionError, type LambdaFunction } from './lambda-function';

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export class Keys {
  private readonly states = new Map<string, KeyState>();

  set(keyArn: string, state: KeyState): void {
    this.states.set(keyArn, state);
  }

  /** Why Lambda does not start the function. */
  refusal({ kmsKeyArn }: LambdaFunction): FunctionError | undefined {
    const state = this.states.get(kmsKeyArn ?? '') ?? 'Enabled';
    return state === 'Enabled' ? undefined : keyUnusable(state);
  }
}
