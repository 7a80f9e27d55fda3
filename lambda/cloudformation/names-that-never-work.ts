/**
 * Names that every schema allows and that never do what was meant: refused for what is wanted, never for what was
 * accepted before. Pure.
 */
import { type DesiredAccess } from '../../access/desired-access';
import { invalidRequest } from '../../access/errors';
import { templateFault } from '../../access/login-template';
import { propertyNames } from '../../access/property-names';

/** What cannot be seen at an end of a name, blanks of every kind; login compares names as they are (GT-24). */
const BLANK_AT_AN_END = /^[\s\p{Z}\p{Cf}]|[\s\p{Z}\p{Cf}]$/u;
const BLANKS_AT_ENDS = /^[\s\p{Z}\p{Cf}]+|[\s\p{Z}\p{Cf}]+$/gu;

/** Throws InvalidRequest naming the property, its value and the remedy. */
export function checkNames({ kind, userName, groups }: DesiredAccess): void {
  const names = propertyNames(kind);
  if (userName !== undefined) checkName(names.userName, userName);
  for (const [index, group] of groups.entries()) checkGroup(`${names.groups}[${index}]`, group);
}

function checkGroup(property: string, group: string): void {
  checkName(property, group);
  // A distinguished name (CN=dev,OU=eks) has commas of its own.
  if (!group.includes(',') || group.includes('=')) return;
  const parts = splitAtCommas(group);
  throw invalidRequest(
    `${property} is ${JSON.stringify(group)}, one group with a comma in its name: write ${parts.map((part) => JSON.stringify(part)).join(', ')} as ${parts.length === 1 ? 'the group' : 'groups of their own'}, or !Split [",", …] where a parameter holds them`,
  );
}

function checkName(property: string, text: string): void {
  const is = `${property} is ${JSON.stringify(text)}`;
  if (BLANK_AT_AN_END.test(text)) {
    const meant = text.replaceAll(BLANKS_AT_ENDS, '');
    throw invalidRequest(
      `${is}, which has a blank at an end, and names are compared as they are: ${meant === '' ? 'write a name' : `write ${JSON.stringify(meant)}`}`,
    );
  }
  const fault = templateFault(text);
  if (fault !== undefined) throw invalidRequest(`${is}: ${fault}`);
}

/** The items that text with commas was meant to be. */
export function splitAtCommas(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
