/**
 * What our reader makes of a text is what the authenticator's own Go code makes of it, for texts by the thousand that
 * nobody has written: the fuzzer's, from its grammar and from real documents. `CFN_EKS_ACCESS_SEED=N` for others.
 */
import { spawnSync } from 'node:child_process';
import { readSection } from '../../access/aws-auth/reading/login';
import { type LoadedMapping, type SectionReading } from '../../access/aws-auth/reading/loaded';
import { type Section } from '../../access/aws-auth/identity-mapping';
import { caseAt } from '../pure/fuzz/fuzz';
import { findTools } from './setup/tools';

const SEED = Number(process.env['CFN_EKS_ACCESS_SEED'] ?? 1);
const TEXTS = 100_000;
const STRETCH = 10_000;

interface Text {
  readonly section: Section;
  readonly text: string;
}

/** What the program in `kube/authenticator/reader` writes. */
interface GoReading {
  readonly mappings:
    readonly { readonly arn: string; readonly username: string; readonly groups: string[] | null }[] | null;
  readonly accounts: readonly string[] | null;
  readonly error?: string;
}

interface Reading {
  readonly loaded: readonly unknown[];
  readonly hasError: boolean;
}

const { authenticatorReader } = findTools();

function readByGo(texts: readonly Text[]): readonly GoReading[] {
  const input = texts.map(({ section, text }) => JSON.stringify({ [section]: text })).join('\n');
  const { status, stdout, stderr } = spawnSync(authenticatorReader, {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as GoReading);
}

/** Version 0.6.13 keeps entries without an ARN, by which nobody can be found; later ones drop them, and so do we (GT-19). */
function theirs({ section }: Text, { mappings, accounts, error }: GoReading): Reading {
  const loaded =
    section === 'mapAccounts'
      ? (accounts ?? [])
      : (mappings ?? [])
          .filter(({ arn }) => arn !== '')
          .map((mapping) => ({ ...mapping, groups: mapping.groups ?? [] }));
  return { loaded, hasError: error !== undefined };
}

function ours(reading: SectionReading): Reading {
  const { section, entries, dropped, notices, error } = reading;
  const isDroppedByError = section === 'mapAccounts' && dropped.length > 0;
  return {
    loaded: entries.map(asLoaded),
    hasError: error !== undefined || notices.length > 0 || isDroppedByError,
  };
}

function asLoaded(entry: LoadedMapping): unknown {
  if (entry.section === 'mapAccounts') return entry.accountId;
  const { arn, username, groups } = entry;
  return { arn, username, groups };
}

/** `sso` is of later versions (GT-27); a text that begins with two byte order marks we refuse, whatever go-yaml makes of it. */
function isCompared({ text }: Text): boolean {
  return !/sso/i.test(text) && !text.startsWith('\ufeff\ufeff');
}

/** As a ConfigMap would hold it: a half of a surrogate pair does not get through UTF-8. */
function textAt(index: number): Text {
  const { section, text } = caseAt(SEED, index);
  return { section, text: Buffer.from(text).toString() };
}

const firsts = Array.from({ length: TEXTS / STRETCH }, (_, index) => index * STRETCH);

test.each(firsts)('texts %d and on', (first) => {
  const texts = Array.from({ length: STRETCH }, (_, index) => textAt(first + index)).filter(isCompared);
  const readings = readByGo(texts);
  expect(readings.length).toBe(texts.length);
  const both = texts.map((text, index) => ({
    text,
    ours: ours(readSection(text.section, text.text)),
    theirs: theirs(text, readings[index] as GoReading),
  }));
  // Both kinds are there in numbers: what is read, and what is not.
  expect(both.filter(({ theirs }) => theirs.loaded.length > 0).length).toBeGreaterThan(2_000);
  expect(both.filter(({ theirs }) => theirs.hasError).length).toBeGreaterThan(2_000);
  const different = both.filter((one) => JSON.stringify(one.ours) !== JSON.stringify(one.theirs));
  expect(different.slice(0, 3)).toEqual([]);
});
