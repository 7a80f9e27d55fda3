/** Edits of one entry, each proved before it is handed out: read before and after by the authenticator's rules. Pure. */
import { readSection } from '../reading/login';
import { insertEntry, removeEntry, replaceEntry, restoreEntry } from './edit';
import { type AwsAuthData, type IdentityMapping, type Section } from '../identity-mapping';
import { proveEdit, type ExpectedEdit } from './proof';

export function insertProven(data: AwsAuthData, mapping: IdentityMapping): AwsAuthData {
  const { section } = mapping;
  const { entries, dropped } = readSection(section, data[section]);
  const index = entries.length + dropped.length;
  return proven(data, section, insertEntry(section, data[section], mapping), {
    edit: 'insert',
    index,
    mapping,
  });
}

export function replaceProven(
  data: AwsAuthData,
  section: Section,
  index: number,
  mapping: IdentityMapping,
): AwsAuthData {
  return proven(data, section, replaceEntry(section, data[section] ?? '', index, mapping), {
    edit: 'replace',
    index,
    mapping,
  });
}

export function removeProven(data: AwsAuthData, section: Section, index: number): AwsAuthData {
  const { [section]: text = '', ...others } = data;
  const edited = proven(data, section, removeEntry(section, text, index), { edit: 'remove', index });
  // The section that a first entry made goes with the last one; to the authenticator an empty one is the same.
  return edited[section] === '' ? others : edited;
}

/** Puts back the bytes that `entryText` kept. */
export function restoreProven(data: AwsAuthData, section: Section, index: number, text: string): AwsAuthData {
  return proven(data, section, restoreEntry(section, data[section] ?? '', index, text), {
    edit: 'restore',
    index,
  });
}

function proven(data: AwsAuthData, section: Section, after: string, expected: ExpectedEdit): AwsAuthData {
  proveEdit(section, data[section], after, expected);
  return { ...data, [section]: after };
}
