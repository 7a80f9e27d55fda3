/** The documents of `test/fixtures/aws-auth`, as `data` of the ConfigMap that kubectl would make of them. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readYaml, YamlError } from '../../../../../access/go-yaml/read';
import { decodeValue, type GoValue } from '../../../../../access/go-yaml/decode';
import { type AwsAuthData } from '../../../../../access/aws-auth/identity-mapping';

export const CORPUS = path.join(__dirname, '../../../../fixtures/aws-auth');

export const corpus = readdirSync(CORPUS).filter((file) => !['README.md', 'effective.json'].includes(file));

/** Empty for what is not a manifest with strings in `data`. */
export function corpusData(file: string): AwsAuthData {
  const bytes = readFileSync(path.join(CORPUS, file));
  const text = bytes.toString(bytes[0] === 0xff ? 'utf16le' : 'utf8');
  let manifest: GoValue;
  try {
    const { root } = file.endsWith('.json') ? { root: undefined } : readYaml(text);
    if (file.endsWith('.json')) return (JSON.parse(text) as { data: AwsAuthData }).data;
    manifest = root === undefined ? { type: 'null' } : decodeValue(root);
  } catch (error) {
    if (error instanceof YamlError) return {};
    throw error;
  }
  const data = fieldsOf(manifest).find(([key]) => key === 'data')?.[1];
  const strings = data === undefined ? [] : fieldsOf(data);
  return Object.fromEntries(
    strings.flatMap(([key, value]) => (value.type === 'string' ? [[key, value.value] as const] : [])),
  );
}

function fieldsOf(value: GoValue): readonly (readonly [string, GoValue])[] {
  if (value.type !== 'object') return [];
  return value.fields.flatMap(({ key, value: field }) =>
    key.type === 'string' ? [[key.value, field] as const] : [],
  );
}
