/**
 * In the bundle this is in the place of `@aws-sdk/signature-v4-multi-region`, which the STS client loads for requests
 * that are signed for several Regions at once (SigV4a): none that the function makes is.
 */
import { SignatureV4 } from '@smithy/signature-v4';

export class SignatureV4MultiRegion extends SignatureV4 {
  static sigv4aDependency() {
    return 'none';
  }
}
