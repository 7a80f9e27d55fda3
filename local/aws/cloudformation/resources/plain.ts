/** A stand-in as a resource type: a name, attributes, and nothing behind them. */
import { isPrimitive, type Json, type JsonObject } from '../json';
import { physicalName } from './physical-name';
import { type Provisioned, type ResourceContext, type ResourceType } from './resource-type';
import { type PlainType } from './stand-ins/form';

export function plainType({ name, maximum, physicalId, attributes, mirrors = {} }: PlainType): ResourceType {
  const mirrored = (properties: JsonObject): Record<string, Json> =>
    Object.fromEntries(
      Object.entries(mirrors).flatMap(([attribute, property]) => {
        const value = properties[property] ?? (Object.hasOwn(attributes, attribute) ? undefined : '');
        return value === undefined ? [] : [[attribute, value] as const];
      }),
    );
  return {
    standIn: true,
    attributes: [...new Set([...Object.keys(attributes), ...Object.keys(mirrors)])],
    ...(name === undefined ? {} : { nameProperty: name }),
    create: (properties, context: ResourceContext): Provisioned => {
      const given = name === undefined ? undefined : properties[name];
      const chosen = isPrimitive(given)
        ? String(given)
        : physicalName(context.stackName, context.logicalId, maximum);
      const id = physicalId(chosen, context, properties);
      const made = Object.entries(attributes).map(
        ([key, read]) => [key, read(id, context, properties)] as const,
      );
      return { physicalId: id, attributes: { ...Object.fromEntries(made), ...mirrored(properties) } };
    },
    // What was made up with the resource stays.
    update: (properties, _context, current) => ({
      physicalId: current.physicalId,
      attributes: { ...current.attributes, ...mirrored(properties) },
    }),
  };
}
