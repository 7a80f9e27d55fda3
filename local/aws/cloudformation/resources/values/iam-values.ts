/** What IAM refuses of its resources: names, paths, ARNs of policies, documents. Pure. */
import { asText, isObject, isPrimitive, type Json } from '../../json';
import { valuesAt } from './limit';
import { type DocumentKind, documentFault } from './policy-document';
import { isKnown, refusal, type ValueFault, type ValueRule } from './value-fault';

const POLICY_ARN = /^arn:aws[a-zA-Z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/;

function named(property: string, maximum: number): ValueRule {
  return (properties) => {
    const name = properties[property];
    if (!isKnown(name) || !isPrimitive(name)) return undefined;
    const text = asText(name);
    const at = `1 validation error detected: Value '${text}' at '${property.replace(/^./, (first) => first.toLowerCase())}' failed to satisfy constraint: `;
    const refused = (words: string, remedy: string): ValueFault =>
      refusal({ service: 'Iam', path: property, found: name, words: `${at}${words}`, remedy });
    if (!/^[\w+=,.@-]+$/.test(text))
      return refused(
        'Member must satisfy regular expression pattern: [\\w+=,.@-]+',
        'a name has letters, digits and +=,.@-_',
      );
    if (text.length > maximum)
      return refused(
        `Member must have length less than or equal to ${maximum}`,
        `it has ${text.length} characters`,
      );
    return undefined;
  };
}

const path: ValueRule = ({ Path: value }) => {
  if (!isKnown(value) || /^\/([!-~]*\/)?$/.test(asText(value))) return undefined;
  const words =
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.';
  const inner = asText(value).replace(/^\/|\/$/g, '');
  const remedy = inner === '' ? 'write /, or leave it out' : `write /${inner}/`;
  return refusal({ service: 'Iam', path: 'Path', found: value, words, remedy });
};

/** Attached policies and the boundary. */
const policyArns: ValueRule = (properties) => {
  const attached = valuesAt(properties, ['ManagedPolicyArns', '*']);
  for (const { at, value } of [...attached, ...valuesAt(properties, ['PermissionsBoundary'])]) {
    if (!isKnown(value) || !isPrimitive(value) || POLICY_ARN.test(asText(value))) continue;
    const text = asText(value);
    const isName = /^[\w+=,.@/-]+$/.test(text);
    return refusal({
      service: 'Iam',
      path: at,
      found: value,
      words: `ARN ${text} is not valid.`,
      remedy: isName
        ? `write the ARN, as arn:aws:iam::aws:policy/${text} for a policy of AWS`
        : 'the ARN of a policy is arn:aws:iam::aws:policy/NAME or arn:aws:iam::ACCOUNT:policy/NAME',
    });
  }
  return undefined;
};

function documents(kind: DocumentKind, ...places: readonly string[]): ValueRule {
  return (properties) => {
    for (const place of places)
      for (const { at, value } of valuesAt(properties, place.split('.'))) {
        const fault = documentFault(kind, value);
        if (!fault) continue;
        const path = fault.path === '' ? at : `${at}.${fault.path}`;
        const found = isObject(fault.found) ? undefined : fault.found;
        return refusal({ service: 'Iam', path, found, words: fault.words, remedy: fault.remedy });
      }
    return undefined;
  };
}

/** An inline policy of nobody. */
const holders: ValueRule = (properties) => {
  const held = ['Users', 'Groups', 'Roles'].map((name) => properties[name]);
  if (held.some((list) => list !== undefined && (!isKnown(list) || isFilled(list)))) return undefined;
  return refusal({
    service: 'Iam',
    path: 'PolicyName',
    found: properties['PolicyName'],
    words: 'At least one of [Groups,Roles,Users] must be non-empty.',
    remedy: 'name whose policy it is in Roles, Users or Groups',
  });
};

function isFilled(list: Json): boolean {
  return !Array.isArray(list) || list.length > 0;
}

export const IAM_VALUES: Readonly<Record<string, readonly ValueRule[]>> = {
  'AWS::IAM::Role': [
    named('RoleName', 64),
    path,
    policyArns,
    documents('trust', 'AssumeRolePolicyDocument'),
    documents('permissions', 'Policies.*.PolicyDocument'),
  ],
  'AWS::IAM::User': [
    named('UserName', 64),
    path,
    policyArns,
    documents('permissions', 'Policies.*.PolicyDocument'),
  ],
  'AWS::IAM::Group': [
    named('GroupName', 128),
    path,
    policyArns,
    documents('permissions', 'Policies.*.PolicyDocument'),
  ],
  'AWS::IAM::InstanceProfile': [named('InstanceProfileName', 128), path],
  'AWS::IAM::ManagedPolicy': [
    named('ManagedPolicyName', 128),
    path,
    documents('permissions', 'PolicyDocument'),
  ],
  'AWS::IAM::Policy': [documents('permissions', 'PolicyDocument'), holders],
};
