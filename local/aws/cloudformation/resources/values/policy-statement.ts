/** What IAM refuses of one statement: of who may assume a role, and of what a policy allows. Pure. */
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

export const SYNTAX = 'Syntax errors in policy.';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function trustFault(statement: JsonObject): DocumentFault | undefined {
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

export function permissionFault(statement: JsonObject): DocumentFault | undefined {
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
