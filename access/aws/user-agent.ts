/**
 * Who asks: the user agent of every AWS call names the provider's version, the stack and the logical id, so that
 * CloudTrail says which stack a call was made for (CR-52).
 */
import { type UserAgent } from '@aws-sdk/types';
import { version } from '../../package.json';
import { type Owner } from '../owner';

/** CloudTrail keeps some 1,000 characters of a user agent; stack names have 128 at most, logical ids 255. */
const LONGEST = 255;

/**
 * In the pairs of the SDK's `customUserAgent`: `cfn-eks-access/0.1.0 md/stack#app md/resource#Entry`. The SDK turns
 * characters that a header must not have into hyphens. `of`: undefined where no stack asks.
 */
export function userAgentOf(of?: Owner): UserAgent {
  const provider: UserAgent[number] = ['cfn-eks-access', version];
  if (of === undefined) return [provider];
  // arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID
  const stackName = of.stackId.split('/')[1] ?? of.stackId;
  return [
    provider,
    ['md/stack', stackName.slice(0, LONGEST)],
    ['md/resource', of.logicalId.slice(0, LONGEST)],
  ];
}
