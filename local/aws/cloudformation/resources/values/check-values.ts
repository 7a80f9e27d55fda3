/** What AWS refuses of the values of a resource, whatever their form. Pure. */
import { type Json } from '../../json';
import { EKS_VALUES } from './eks-values';
import { IAM_VALUES } from './iam-values';
import { LAMBDA_VALUES } from './lambda-values';
import { limitFault } from './limit';
import { LIMITS } from './limits';
import { OTHER_VALUES } from './other-values';
import { type Look, type ValueFault, type ValueRule } from './value-fault';

const rules: Readonly<Record<string, readonly ValueRule[]>> = {
  ...EKS_VALUES,
  ...IAM_VALUES,
  ...LAMBDA_VALUES,
  ...OTHER_VALUES,
};

/** What is known when a resource is made: the ids of subnets, which name no zone. */
const alone: Look = { zoneOf: () => undefined };

/** The first fault; calls of functions stand for what is not known yet. */
export function valueFault(
  type: string,
  properties: { readonly [name: string]: Json },
  look: Look = alone,
): ValueFault | undefined {
  for (const [path, limit] of Object.entries(LIMITS[type] ?? {})) {
    const fault = limitFault(type, path, limit, properties);
    if (fault) return fault;
  }
  for (const rule of rules[type] ?? []) {
    const fault = rule(properties, look);
    if (fault) return fault;
  }
  return undefined;
}
