/**
 * What IAM takes for a policy document, in the words of its refusals. Pure.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { asText, isObject, isPrimitive, type Json, type JsonObject } from '../../json';
import { suggestion } from '../../template/suggestion';
import { isKnown } from './value-fault';

export interface DocumentFault {
  /** Below the document: `Statement.0.Effect`. */
  readonly path: string;
  readonly found: Json | undefined;
  readonly words: string;
  readonly remedy: string;
}

export type DocumentKind = 'trust' | 'permissions';

const TOP = ['Version', 'Id', 'Statement'];
const ELEMENTS = [
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource'],
  'Condition',
];
const VERSIONS = ['2012-10-17', '2008-10-17'];
const SYNTAX = 'Syntax errors in policy.';

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

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function trustFault(statement: JsonObject): DocumentFault | undefined {
  const missing = (name: string): DocumentFault => ({
    path: '',
    found: statement,
    words: `Missing required field ${name}`,
    remedy: `write ${name} into it`,
  });
  if (statement['Principal'] === undefined && statement['NotPrincipal'] === undefined)
    return missing('Principal');
  if (statement['Action'] === undefined && statement['NotAction'] === undefined) return missing('Action');
  for (const name of ['Resource', 'NotResource']) {
    if (statement[name] === undefined) continue;
    const remedy = 'a trust policy speaks of the role itself: leave it out';
    return { path: name, found: statement[name], words: `Has prohibited field ${name}`, remedy };
  }
  const foreign = textsOf(statement['Action']).find((action) => /^(?!sts:)\w[\w-]*:/i.test(action));
  if (foreign !== undefined) {
    const words = 'AssumeRole policy may only specify STS AssumeRole actions.';
    return { path: 'Action', found: foreign, words, remedy: 'write sts:AssumeRole, or one of its kin' };
  }
  return principalFault(statement['Principal']);
}

function principalFault(principal: Json | undefined): DocumentFault | undefined {
  if (!isKnown(principal) || principal === '*') return undefined;
  const invalid = (name: string, value: string, remedy: string): DocumentFault => ({
    path: name === '' ? 'Principal' : `Principal.${name}`,
    found: value,
    words: name === '' ? SYNTAX : `Invalid principal in policy: "${name.toUpperCase()}":"${value}"`,
    remedy,
  });
  if (!isObject(principal))
    return invalid('', asText(principal), 'write a mapping, as { AWS: ARN } or { Service: NAME }');
  const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'];
  const stray = Object.keys(principal).find((name) => !kinds.includes(name));
  if (stray !== undefined)
    return invalid('', stray, `a principal is one of ${kinds.join(', ')}${suggestion(stray, kinds)}`);
  const service = textsOf(principal['Service']).find((name) => !/^[\w*-]+(\.[\w-]+)+$/.test(name));
  if (service !== undefined) return invalid('Service', service, `write a service as eks.amazonaws.com`);
  const account = textsOf(principal['AWS']).find(
    (name) => !/^(\*|\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:[^*?]+)$/.test(name),
  );
  return account === undefined
    ? undefined
    : invalid('AWS', account, 'write the ARN of a role, a user or a session, or the 12 digits of an account');
}

function permissionFault(statement: JsonObject): DocumentFault | undefined {
  const says = (path: string, found: Json | undefined, words: string, remedy: string): DocumentFault => ({
    path,
    found,
    words,
    remedy,
  });
  for (const name of ['Principal', 'NotPrincipal'])
    if (statement[name] !== undefined)
      return says(
        name,
        statement[name],
        'Policy document should not specify a principal.',
        'leave it out: whom the policy is attached to is its principal',
      );
  const isThere = (name: string): boolean => {
    const value = statement[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  };
  if (!isThere('Action') && !isThere('NotAction'))
    return says('', statement, 'Policy statement must contain actions.', 'write an Action into it');
  if (!isThere('Resource') && !isThere('NotResource'))
    return says('', statement, 'Policy statement must contain resources.', 'write a Resource into it');
  const bare = textsOf(statement['Action']).find((action) => action !== '*' && !action.includes(':'));
  if (bare !== undefined) {
    const words = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
    return says('Action', bare, words, 'write the service before it, as eks:DescribeCluster');
  }
  const resource = textsOf(statement['Resource']).find((name) => !/^(\*|arn:.*)$/s.test(name));
  return resource === undefined
    ? undefined
    : says('Resource', resource, `Resource ${resource} must be in ARN format or "*".`, 'write its ARN');
}

/** What is known of one text or a list of texts. */
function textsOf(value: Json | undefined): string[] {
  if (value === undefined || !isKnown(value)) return [];
  return (Array.isArray(value) ? value : [value])
    .filter((item) => isKnown(item) && isPrimitive(item))
    .map(asText);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
