/** The function's own checks of a mapping, run when the stack is synthesised. */
import { type aws_eks as eks, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type ResourceType } from '../../access/contract';
import { type Place } from '../../access/place';
import { parseProperties } from '../../lambda/cloudformation/properties';
import { authenticationModeOf } from '../cluster-mode';
import { type IEksAccessProvider } from '../provider-interface';
import { isPrincipalKnown } from './against-guardrails';
import { foreseePlaces } from './foresee';
import { knownProvider } from './known-providers';
import { refuseSecondMapping } from './one-principal';
import { withSecretsShown } from './later';
import { misspelling } from './policy-names';
import { KnownProperties, whereaboutsOf } from './stand-ins';

/**
 * The places in which the mapping may come to live. Throws with one sentence naming the property, its value and the
 * remedy; tokens pass.
 */
export function checkMapping(
  mapping: Construct,
  resourceType: ResourceType,
  given: Readonly<Record<string, unknown>>,
  {
    provider,
    cluster,
  }: { readonly provider: IEksAccessProvider; readonly cluster?: eks.IClusterRef | undefined },
): readonly Place[] {
  const stack = Stack.of(mapping);
  const whereabouts = whereaboutsOf(stack);
  const shown = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, withSecretsShown(value, mapping)]),
  );
  const properties = new KnownProperties({ ServiceToken: provider.serviceToken, ...shown }, whereabouts);
  const desired = parseProperties(resourceType, properties.withStandIns, whereabouts);
  for (const [index, { policy }] of desired.accessPolicies.entries()) {
    const why = misspelling(policy);
    if (why !== undefined) throw new Error(`AccessPolicies[${index}] is ${JSON.stringify(policy)}, ${why}`);
  }
  const places = foreseePlaces({
    desired,
    properties,
    whereabouts,
    mode: cluster && authenticationModeOf(cluster),
    provider: knownProvider(provider),
  });
  const isKnown = isPrincipalKnown(properties);
  refuseSecondMapping(mapping, stack, { desired, isPrincipalKnown: isKnown, properties: given });
  return places;
}
