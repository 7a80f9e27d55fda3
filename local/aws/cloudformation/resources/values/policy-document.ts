/**
 * What IAM takes for a policy document, in the words of its refusals. Pure.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { asText, isObject, type Json, type JsonObject } from '../../json';
import { suggestion } from '../../template/suggestion';
import { type DocumentFault, permissionFault, SYNTAX, trustFault } from './policy-statement';
import { isKnown } from './value-fault';

export type DocumentKind = 'trust' | 'permissions';

const TOP = ['Version', 'Id', 'Statement'];
const ELEMENTS = [
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource'],
  'Condition',
];
const VERSIONS = ['2012-10-17', '2008-10-17'];

/** The first fault of a document, in which calls of functions stand for what is not known. */
export function documentFault(kind: DocumentKind, document: Json): DocumentFault | undefined {
  if (!isKnown(document)) return undefined;
  const read = typeof document === 'string' ? parse(document) : document;
  if (!isObject(read)) {
    const words = kind === 'trust' ? 'This policy contains invalid Json' : SYNTAX;
    return { path: '', found: document, words, remedy: 'write Version and Statement' };
  }
  const fault = (path: string, found: Json | undefined, remedy: string): DocumentFault => ({
    path,
    found,
    words: SYNTAX,
    remedy,
  });
  const stray = Object.keys(read).find((name) => !TOP.includes(name));
  if (stray !== undefined)
    return fault(stray, undefined, `a policy has no ${stray}${suggestion(stray, TOP)}`);
  const { Version: version, Statement: statement } = read;
  if (isKnown(version) && !VERSIONS.includes(asText(version)))
    return fault('Version', version, 'write "2012-10-17", the version of the language');
  if (statement === undefined) return fault('', read, 'its Statement is missing');
  if (!isKnown(statement)) return undefined;
  const statements = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0) return fault('Statement', statement, 'write a statement into it');
  for (const [index, one] of statements.entries()) {
    if (!isKnown(one)) continue;
    const path = Array.isArray(statement) ? `Statement.${index}` : 'Statement';
    if (!isObject(one)) return fault(path, one, 'a statement is a mapping');
    const found = statementFault(kind, one);
    if (found) return { ...found, path: found.path === '' ? path : `${path}.${found.path}` };
  }
  return undefined;
}

function statementFault(kind: DocumentKind, statement: JsonObject): DocumentFault | undefined {
  const stray = Object.keys(statement).find((name) => !ELEMENTS.includes(name));
  const syntax = (path: string, found: Json | undefined, remedy: string): DocumentFault => ({
    path,
    found,
    words: SYNTAX,
    remedy,
  });
  if (stray !== undefined)
    return syntax(stray, undefined, `a statement has no ${stray}${suggestion(stray, ELEMENTS)}`);
  const { Effect: effect } = statement;
  if (effect === undefined) return syntax('', statement, 'its Effect is missing: write Allow or Deny');
  if (isKnown(effect) && effect !== 'Allow' && effect !== 'Deny')
    return syntax('Effect', effect, `write Allow or Deny`);
  return kind === 'trust' ? trustFault(statement) : permissionFault(statement);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
