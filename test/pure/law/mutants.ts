/**
 * What the law has to notice: the product with one of its fixes undone, by a patch on its source when the bundle is
 * made. A patch whose text is no longer there fails loudly (`bundle.ts`).
 */
import { type Patch } from './bundle';
import { type Scope } from './generate';
import seeds from './mutant-seeds.json';

export interface Mutant extends Patch {
  readonly name: string;
  /** What the product then does. */
  readonly undoes: string;
  /** Where it is looked for; left out: `SCOPE`. */
  readonly scope?: Scope;
}

/** Where the law holds without a patch; `all` once it holds everywhere. */
export const SCOPE: Scope = 'plain';

/** How many sequences may pass before a mutant is found. */
export const LIMIT = 5_000;

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'unconditional-put',
    undoes:
      'aws-auth is written without the version that was read: what another tool wrote meanwhile is lost',
    file: 'access/aws-auth/reconcile.ts',
    text: 'const metadata = { ...object.metadata, annotations };',
    becomes: 'const { resourceVersion: _version, ...metadata } = { ...object.metadata, annotations };',
  },
  {
    name: 'real-id-of-nothing',
    undoes: 'a Create that wrote nothing answers with the real id',
    file: 'lambda/handler.ts',
    text: 'failureId(request, envelope, mayHaveActed(error) ? writtenIdOf(request) : undefined)',
    becomes: 'failureId(request, envelope, writtenIdOf(request))',
  },
  {
    name: 'owner-ignored',
    undoes: 'a Delete removes an entry whose record names another resource',
    file: 'access/ownership-removal.ts',
    text: 'if (record && !isSameOwner(record.owner, owner)) {',
    becomes: 'if (record && owner === undefined) {',
  },
  {
    name: 'late-served',
    scope: 'all',
    undoes: 'an event that a later one has overtaken is served',
    file: 'access/ownership-record.ts',
    text: '(at ?? 0) - SKEW_MS',
    becomes: '(at ?? 0) - 1e12',
  },
  {
    name: 'nodes-for-all',
    scope: 'all',
    undoes: 'a node mapping without record may be taken over',
    file: 'access/ownership.ts',
    text: "  if (entry.protects === 'node' && !entry.givesAsDesired) return refusedHere(facts, 'node');\n",
    becomes: '',
  },
  {
    name: 'provider-for-all',
    scope: 'all',
    undoes: 'the mapping of the provider itself may be taken over',
    file: 'access/ownership.ts',
    text: "if (facts.isProvidersRole || here.entry?.protects === 'provider')",
    becomes: 'if (facts.isProvidersRole === null)',
  },
  {
    name: 'siblings-for-all',
    scope: 'all',
    undoes: 'an Update in place takes what another logical id of its stack holds',
    file: 'access/ownership.ts',
    text: "  return isNew ? standing !== 'sibling of a new stack' : standing === 'sibling in a rollback';",
    becomes: '  return isNew || !isNew;',
  },
  {
    name: 'other-place-unseen',
    scope: 'all',
    undoes: 'the other place is never looked at',
    file: 'access/surroundings.ts',
    text: "elsewhere: looks ? await ownership.elsewhere() : { state: 'nothing' }",
    becomes: "elsewhere: looks === undefined ? await ownership.elsewhere() : { state: 'nothing' }",
  },
  {
    name: 'equality-anywhere',
    scope: 'all',
    undoes: 'what equals the old properties is removed though the mapping never lived there',
    file: 'lambda/other-places.ts',
    text: 'const mayBeEqual = isMade && !isNowhereElse && (',
    becomes: 'const mayBeEqual = isMade !== undefined || (',
  },
];

/** The seed that found each, as `npm run law:bites` printed it. */
export function seedOf(name: string): number {
  const seed = (seeds as Readonly<Record<string, number>>)[name];
  if (seed === undefined) throw new Error(`no seed is known for ${name}: run npm run law:bites`);
  return seed;
}
