/** Properties as CloudFormation sends them, held to the schema of their resource type. Pure. */
import * as validators from '../../schemas/generated/validators';
import { type MODE_RESOURCE_TYPE, type ResourceType } from '../../access/contract';
import { invalidRequest } from '../../access/errors';
import { isObject } from '../../access/record-json';
import { describeSchemaError } from './schema-error';

/** Of a mapping, or of an authentication mode. */
export type AnyResourceType = ResourceType | typeof MODE_RESOURCE_TYPE;

const validatorOf: Readonly<Record<AnyResourceType, validators.Validator>> = {
  'Custom::EksMapRolesEntry': validators.eksMapRolesEntry,
  'Custom::EksMapUsersEntry': validators.eksMapUsersEntry,
  'Custom::EksMapAccountsEntry': validators.eksMapAccountsEntry,
  'Custom::EksAccessEntry': validators.eksAccessEntry,
  'Custom::EksAuthenticationMode': validators.eksAuthenticationMode,
};

/** Numbers are numbers again; `raw` is not changed. Throws InvalidRequest naming the property, its value and the remedy. */
export function validated(resourceType: AnyResourceType, raw: unknown): object {
  const properties = recastNumbers(raw);
  const validate = validatorOf[resourceType];
  if (validate(properties)) return properties as object;
  // A validator that refuses says why.
  const [error] = validate.errors as readonly [validators.SchemaError];
  const title = `${resourceType.replace('Custom::', '')}Properties`;
  throw invalidRequest(describeSchemaError(error, properties, title, resourceType));
}

/** Every primitive arrives as a string (CR-33), and these properties are none. */
const NUMBERS = ['ServiceTimeout', 'WaitForEffect'];

function recastNumbers(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const recast = Object.entries(raw).flatMap(([name, value]) =>
    NUMBERS.includes(name) && typeof value === 'string' && /^\d{1,9}$/.test(value)
      ? [[name, Number(value)] as const]
      : [],
  );
  return recast.length === 0 ? raw : { ...raw, ...Object.fromEntries(recast) };
}
