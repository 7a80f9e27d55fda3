/** The names of all AWS resource types and of all regions, and the schemas of those that the local CloudFormation has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TypeSchema } from './shape';

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, name), 'utf8'));
}

/** Of every AWS type of CloudFormation, sorted. */
export const AWS_TYPES: readonly string[] = read('types.json') as string[];

/** Of every partition, sorted. */
export const REGIONS: readonly string[] = read('regions.json') as string[];

const schemas = new Map(Object.entries(read('schemas.json') as Record<string, TypeSchema>));

/** Undefined for types that the local CloudFormation has not, and for the few that no schema describes. */
export function schemaOf(type: string): TypeSchema | undefined {
  return schemas.get(type);
}
