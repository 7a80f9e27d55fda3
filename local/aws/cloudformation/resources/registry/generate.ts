/**
 * Writes `types.json`, `schemas.json` and `regions.json`: the names of all AWS resource types and of all regions, and what the registry says of those that
 * the local CloudFormation has, from the specification that CDK's own constructs are made of (`npm run generate`).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import {
  type PropertyType,
  type Property,
  type Resource,
  type SpecDatabase,
} from '@aws-cdk/service-spec-types';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { PLAIN_TYPES } from '../plain-types';
import { RUN_TYPES } from '../run-types';
import { type ObjectShape, type Shape, type TypeSchema } from './shape';

async function main(): Promise<void> {
  const database = await loadAwsServiceSpec();
  const all = database.all('resource');
  const names = [...new Set(all.map(({ cloudFormationType }) => cloudFormationType))].sort();
  write('types.json', `[\n${names.map((name) => JSON.stringify(name)).join(',\n')}\n]\n`);
  const kept = [...RUN_TYPES, ...Object.keys(PLAIN_TYPES)].sort();
  const entries = kept.flatMap((type) => {
    const resource = all.find(({ cloudFormationType }) => cloudFormationType === type);
    return resource ? [`${JSON.stringify(type)}: ${JSON.stringify(schemaOf(database, resource))}`] : [];
  });
  const regions = RegionInfo.regions.map(({ name }) => name).sort();
  write('regions.json', `[\n${regions.map((name) => JSON.stringify(name)).join(',\n')}\n]\n`);
  write('schemas.json', `{\n${entries.join(',\n')}\n}\n`);
}

function write(name: string, text: string): void {
  writeFileSync(join(__dirname, name), text);
}

function schemaOf(database: SpecDatabase, resource: Resource): TypeSchema {
  const definitions: Record<string, ObjectShape> = {};
  const shapeOf = (type: PropertyType): Shape => {
    switch (type.type) {
      case 'string':
      case 'date-time':
        return 'text';
      case 'integer':
      case 'number':
        return 'number';
      case 'boolean':
        return 'flag';
      case 'tag':
        return 'tag';
      case 'array':
        return { list: shapeOf(type.element) };
      case 'map':
        return { map: shapeOf(type.element) };
      case 'union':
        return { either: type.types.map(shapeOf) };
      case 'ref': {
        const { name, properties } = database.get('typeDefinition', type.reference.$ref);
        if (!Object.hasOwn(definitions, name)) {
          definitions[name] = { properties: {} };
          definitions[name] = objectShape(properties);
        }
        return { of: name };
      }
      default:
        return 'any';
    }
  };
  const objectShape = (properties: Readonly<Record<string, Property>>): ObjectShape => {
    const required = namesOf(properties, ({ required: must }) => must === true);
    return {
      properties: Object.fromEntries(
        sorted(properties).map(([name, { type, previousTypes = [] }]) => {
          const shapes = [type, ...previousTypes].map(shapeOf);
          return [name, shapes.length === 1 ? shapes[0] : { either: shapes }] as [string, Shape];
        }),
      ),
      ...(required.length > 0 ? { required } : {}),
    };
  };
  return {
    ...objectShape(resource.properties),
    attributes: Object.keys(resource.attributes).sort(),
    createOnly: namesOf(resource.properties, ({ causesReplacement }) => causesReplacement === 'yes'),
    definitions,
  };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
}

function namesOf<Value>(
  record: Readonly<Record<string, Value>>,
  wanted: (value: Value) => boolean,
): string[] {
  return sorted(record)
    .filter(([, value]) => wanted(value))
    .map(([name]) => name);
}

void main();
