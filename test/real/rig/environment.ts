/** Tells the tests of a file whether one of them failed, so that the logs of the rig are printed then and only then. */
import { TestEnvironment } from 'jest-environment-node';

interface CircusEvent {
  readonly name: string;
}

export const FAILED = 'cfnEksAccessTestFailed';

export default class RealPartsEnvironment extends TestEnvironment {
  handleTestEvent({ name }: CircusEvent): void {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.global[FAILED] = true;
  }
}
