/** A warning and no refusal: the mapping may have ended long ago, and the rest of its stack has to be deployed all the same. */
import { Annotations } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { hasEnded } from '../../lambda/cloudformation/expiry';

/** `expiresAt`: as the function reads it. */
export function warnOfExpired(mapping: Construct, expiresAt: number | undefined): void {
  if (expiresAt === undefined || !hasEnded(expiresAt, Date.now())) return;
  Annotations.of(mapping).addWarningV2(
    'cfn-eks-access:expired',
    `expiresAt is ${new Date(expiresAt).toISOString()}, which is past: nobody is mapped, and the provider refuses to make this mapping where it is new; give a later date, or remove the mapping`,
  );
}
