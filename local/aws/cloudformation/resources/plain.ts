/** Types that are nothing but names and attributes: those of `plain-types.ts`, and every AWS type that is not listed. */
import { isPrimitive, type Json, type JsonObject } from '../json';
import { physicalName } from './physical-name';
import { PLAIN_TYPES, type PlainType } from './plain-types';
import { type Provisioned, type ResourceContext, type ResourceType } from './resource-type';

/** For AWS types that are not listed: a plausible id, and whatever attribute is asked for. */
const anything: PlainType = {
  physicalId: (name) => name,
  attributes: {},
};

export function plainType(type: string): ResourceType {
  const known = PLAIN_TYPES[type];
  const { name, maximum, physicalId, attributes } = known ?? anything;
  const provision = (id: string, properties: JsonObject, context: ResourceContext): Provisioned => ({
    physicalId: id,
    attributes: known
      ? Object.fromEntries(
          Object.entries(attributes).map(([key, read]) => [key, read(id, context, properties)]),
        )
      : unknownAttributes(type, id, context),
  });
  return {
    ...(known ? { attributes: Object.keys(attributes) } : {}),
    ...(name === undefined ? {} : { replacedBy: [name] }),
    create: (properties, context) => {
      const given = name === undefined ? undefined : properties[name];
      const chosen = isPrimitive(given)
        ? String(given)
        : physicalName(context.stackName, context.logicalId, maximum);
      return provision(physicalId(chosen, context, properties), properties, context);
    },
    update: (properties, context, current) => {
      if (!known) return current;
      const next = provision(current.physicalId, properties, context);
      // Some values are made up when the resource is made (a node group's ARN) and stay.
      return { ...next, attributes: { ...next.attributes, ...keep(current.attributes, 'Arn') } };
    },
  };
}

function keep(attributes: Readonly<Record<string, Json>>, name: string): Record<string, Json> {
  const value = attributes[name];
  return value === undefined ? {} : { [name]: value };
}

function unknownAttributes(
  type: string,
  physicalId: string,
  { partition, region, accountId, logicalId }: ResourceContext,
): Record<string, Json> {
  const service = type.split('::')[1]?.toLowerCase() ?? '';
  const kind = (type.split('::')[2] ?? '').toLowerCase();
  const known: Record<string, Json> = {
    Arn: `arn:${partition}:${service}:${region}:${accountId}:${kind}/${physicalId}`,
    Id: physicalId,
    Name: physicalId,
  };
  return new Proxy(known, {
    get: (target, key) =>
      typeof key === 'string' && key in target ? target[key] : `${logicalId}.${String(key)}`,
    getOwnPropertyDescriptor: (target, key) =>
      Object.getOwnPropertyDescriptor(target, key) ?? {
        value: `${logicalId}.${String(key)}`,
        enumerable: false,
        configurable: true,
      },
  });
}
