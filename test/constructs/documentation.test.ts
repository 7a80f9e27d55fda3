/** Docstrings of the constructs: all there, with defaults, in the words of the schemas. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { type EksAccessGuardrails } from '../../cdk/index';
import { type Guardrails } from '../../schemas/generated/types';

const root = join(__dirname, '../..');
const sources = readdirSync(join(root, 'cdk'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) =>
    ts.createSourceFile(file, readFileSync(join(root, 'cdk', file), 'utf8'), ts.ScriptTarget.ES2022, true),
  );

interface Member {
  readonly name: string;
  readonly isOptional: boolean;
  readonly text: string;
  readonly defaultValue: string | undefined;
}

/** Properties and methods of an exported interface or class, without what is private or internal. */
function membersOf(node: ts.InterfaceDeclaration | ts.ClassDeclaration): Member[] {
  return [...node.members].flatMap((member) => {
    const hidden =
      ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
    const name = member.name?.getText() ?? '';
    if (hidden || ts.isConstructorDeclaration(member) || name.startsWith('_')) return [];
    const docs = ts.getJSDocCommentsAndTags(member).filter((doc) => ts.isJSDoc(doc));
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default');
    return [
      {
        name,
        isOptional: ts.isPropertySignature(member) && member.questionToken !== undefined,
        text: docs.map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '').join(' '),
        defaultValue: tag && (ts.getTextOfJSDocComment(tag.comment) ?? ''),
      },
    ];
  });
}

const exported = new Map<string, ts.InterfaceDeclaration | ts.ClassDeclaration>();
for (const source of sources) {
  source.forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return;
    if (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export)
      exported.set(node.name?.text ?? '', node);
  });
}
const index = sources.find(({ fileName }) => fileName === 'index.ts')?.text ?? '';
const publicNames = [...exported.keys()].filter((name) => new RegExp(`\\b${name}\\b`).test(index));

test('the public API is found', () => {
  expect(publicNames).toEqual(
    expect.arrayContaining([
      'EksAccessProvider',
      'EksAccessProviderProps',
      'EksMapRolesEntryProps',
      'MappingProps',
      'AccessPolicy',
    ]),
  );
});

describe.each(publicNames)('%s', (name) => {
  const node = exported.get(name);
  const members = node ? membersOf(node) : [];

  test('has a docstring, and so has every member', () => {
    expect(node && ts.getJSDocCommentsAndTags(node)).not.toEqual([]);
    // Members of the base class repeat the interface that they implement.
    if (name === 'ProviderBase' || name === 'EksAccessProvider') return;
    expect(members.filter(({ text }) => text.trim() === '').map((member) => member.name)).toEqual([]);
  });

  test('says the default of everything optional: a value, or `- ` and what happens', () => {
    const value = /^(- .+|true|false|[0-9]+|".*"|\[.*\]|\{\}|[A-Z]\w+\.\w+(\([0-9]+\))?)$/s;
    expect(
      members.filter(({ isOptional, defaultValue }) => isOptional && !value.test(defaultValue ?? '')),
    ).toEqual([]);
    expect(
      members.filter(({ isOptional, defaultValue }) => !isOptional && defaultValue !== undefined),
    ).toEqual([]);
  });
});

/** Schema property → prop, where they differ. */
const PROP_NAMES: Readonly<Record<string, string>> = { Type: 'entryType', Cluster: 'clusterName' };
/** Said in the constructs' own words: they take provider objects and Durations. */
const OWN_WORDS = ['ServiceToken', 'ServiceTimeout'];

describe.each([
  ['eks-map-roles-entry', 'EksMapRolesEntryProps'],
  ['eks-map-users-entry', 'EksMapUsersEntryProps'],
  ['eks-map-accounts-entry', 'EksMapAccountsEntryProps'],
  ['eks-access-entry', 'EksAccessEntryProps'],
  ['guardrails', 'EksAccessGuardrails'],
])('the schema %s', (file, interfaceName) => {
  const schema = JSON.parse(readFileSync(join(root, `schemas/${file}.schema.json`), 'utf8')) as {
    properties: Record<string, { description: string }>;
  };
  const members = ['MappingProps', interfaceName].flatMap((name) => {
    const node = exported.get(name);
    return node && (name === interfaceName || interfaceName !== 'EksAccessGuardrails') ? membersOf(node) : [];
  });
  const properties = Object.entries(schema.properties).filter(([name]) => !OWN_WORDS.includes(name));

  test.each(properties)('%s is a prop with the same description', (name, { description }) => {
    const prop = PROP_NAMES[name] ?? `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const found = members.find((member) => member.name === prop);
    // Numbers of the ground truth are for those who read the schemas.
    expect(found?.text).toBe(description.replace(/ \((GT|CR)-[^)]*\)/g, ''));
  });
});

/** Compiles only while the two have the same keys and values. */
type Mutable<T> = { -readonly [key in keyof T]: T[key] };
const same: [Mutable<EksAccessGuardrails>] extends [Guardrails]
  ? [Guardrails] extends [Mutable<EksAccessGuardrails>]
    ? true
    : false
  : false = true;

test('the guardrails of the constructs are those of the schema', () => {
  expect(same).toBe(true);
});
