/** The door of `Custom::EksAuthenticationMode`: its properties as CloudFormation sends them. Pure. */
import { type EksAuthenticationModeProperties } from '../../schemas/generated/types';
import { MODE_RESOURCE_TYPE } from '../../access/contract';
import { undefinedIfRefused } from '../../access/errors';
import { refuseUnresolved } from './unresolved-text';
import { validated } from './validated';

/** What a template asks for. */
export interface DesiredMode {
  readonly cluster: string;
  /** The mode that the cluster is to have at least. */
  readonly mode: 'API_AND_CONFIG_MAP' | 'API';
  readonly planDigest: string | undefined;
}

/** Throws InvalidRequest naming the property, its value and the remedy. */
export function parseModeProperties(raw: unknown): DesiredMode {
  refuseUnresolved(MODE_RESOURCE_TYPE, raw);
  const properties = validated(MODE_RESOURCE_TYPE, raw) as EksAuthenticationModeProperties;
  return { cluster: properties.Cluster, mode: properties.Mode, planDigest: properties.PlanDigest };
}

/** Properties of the past; undefined where they cannot be read (CR-23). */
export function recallModeProperties(raw: unknown): DesiredMode | undefined {
  return undefinedIfRefused(() => parseModeProperties(raw));
}
