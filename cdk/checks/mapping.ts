/** The function's own checks of a mapping, run when the stack is synthesised. */
import { type aws_eks as eks, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type ResourceType } from '../../access/contract';
import { type DesiredAccess } from '../../access/desired-access';
import { type Place } from '../../access/place';
import { parseProperties } from '../../lambda/cloudformation/properties';
import { authenticationModeOf } from '../cluster-mode';
import { type IEksAccessProvider } from '../provider-interface';
import { isPrincipalKnown } from './against-guardrails';
import { warnOfExpired } from './expired';
import { foreseePlaces } from './foresee';
import { knownProvider } from './known-providers';
import { refuseSecondMapping } from './one-principal';
import { withSecretsShown } from './later';
import { misspelling } from './policy-names';
import { inPropNames } from './prop-names';
import { settled } from './settled';
import { KnownProperties, whereaboutsOf } from './stand-ins';
import { refuseWrongReferences } from './wrong-reference';

/** What a mapping is checked against. */
interface Site {
  readonly provider: IEksAccessProvider;
  readonly cluster?: eks.IClusterRef | undefined;
}

/**
 * The places in which the mapping may come to live. Throws with one sentence naming the property, its value and the
 * remedy; tokens pass, and what the end of synthesis shows of them is refused then.
 */
export function checkMapping(
  mapping: Construct,
  resourceType: ResourceType,
  given: Readonly<Record<string, unknown>>,
  site: Site,
): readonly Place[] {
  refuseWrongReferences(given);
  const properties = knownOf(mapping, given, site);
  const { desired, places } = foresee(mapping, resourceType, properties, site);
  if (properties.isKnown('ExpiresAt')) warnOfExpired(mapping, desired.expiresAt);
  const isKnown = isPrincipalKnown(properties);
  refuseSecondMapping(mapping, Stack.of(mapping), { desired, isPrincipalKnown: isKnown, properties: given });
  checkAgainWhenSettled(mapping, resourceType, { given, properties }, site);
  return places;
}

function checkAgainWhenSettled(
  mapping: Construct,
  resourceType: ResourceType,
  {
    given,
    properties,
  }: { readonly given: Readonly<Record<string, unknown>>; readonly properties: KnownProperties },
  site: Site,
): void {
  const validate = (): string[] => {
    try {
      const now = knownOf(mapping, settled(given, mapping), site);
      const isSame = JSON.stringify(now.withStandIns) === JSON.stringify(properties.withStandIns);
      if (!isSame) foresee(mapping, resourceType, now, site);
      return [];
    } catch (cause) {
      return [inPropNames(cause instanceof Error ? cause.message : String(cause))];
    }
  };
  mapping.node.addValidation({ validate });
}

function knownOf(
  mapping: Construct,
  given: Readonly<Record<string, unknown>>,
  { provider }: Site,
): KnownProperties {
  const shown = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, withSecretsShown(value, mapping)]),
  );
  return new KnownProperties(
    { ServiceToken: provider.serviceToken, ...shown },
    whereaboutsOf(Stack.of(mapping)),
  );
}

function foresee(
  mapping: Construct,
  resourceType: ResourceType,
  properties: KnownProperties,
  { provider, cluster }: Site,
): { readonly desired: DesiredAccess; readonly places: readonly Place[] } {
  const whereabouts = whereaboutsOf(Stack.of(mapping));
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
  return { desired, places };
}
