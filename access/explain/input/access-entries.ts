/**
 * What `aws eks describe-access-entry` prints, and `list-associated-access-policies`, as access entries that were seen.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_AccessEntry.html. Pure.
 */
import { type AssociatedPolicy } from '../../access-entry/access-entry';
import { type SeenAccessEntry } from '../seen-cluster';
import { Problem } from './problem';
import { type Fields, fieldsOf, InputReader } from './fields';
import { jsonValuesIn } from './json-texts';

/** `name`: of the file, for errors. */
export function accessEntriesIn(text: string, name: string): readonly SeenAccessEntry[] {
  const values = jsonValuesIn(text);
  if (values === undefined) throw new Problem(`${name} is not JSON.`, DESCRIBE);
  const entries = new Map<string, SeenAccessEntry>();
  const policies = new Map<string, readonly AssociatedPolicy[]>();
  for (const value of values.flatMap(flat)) {
    const fields = fieldsOf(value);
    const read = new InputReader(name);
    if (fields === undefined)
      throw new Problem(
        typeof value === 'string'
          ? `${name} has names of access entries, and not what they say.`
          : `${name} holds something that is no access entry.`,
        DESCRIBE,
      );
    if (fields['associatedAccessPolicies'] !== undefined) {
      policies.set(read.text(fields, 'principalArn'), policiesOf(fields, read));
      continue;
    }
    if (fields['principalARN'] !== undefined)
      throw new Problem(`${name} is of eksctl, which leaves out types and user names.`, DESCRIBE);
    const entry = entryOf(fieldsOf(fields['accessEntry']) ?? fields, read);
    if (entries.has(entry.principalArn)) throw new Problem(`${name} has ${entry.principalArn} twice.`);
    entries.set(entry.principalArn, entry);
  }
  const without = [...policies.keys()].find((arn) => !entries.has(arn));
  if (without !== undefined)
    throw new Problem(`${name} has access policies of ${without}, and not its access entry.`, DESCRIBE);
  return [...entries.values()].map((entry) => ({ ...entry, policies: policies.get(entry.principalArn) }));
}

const DESCRIBE = 'Print each with aws eks describe-access-entry --output json.';

function flat(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(flat);
  const { accessEntries } = fieldsOf(value) ?? {};
  return Array.isArray(accessEntries) ? accessEntries.flatMap(flat) : [value];
}

function entryOf(fields: Fields, read: InputReader): SeenAccessEntry {
  return {
    principalArn: read.text(fields, 'principalArn'),
    type: read.text(fields, 'type', 'STANDARD'),
    username: read.text(fields, 'username', ''),
    groups: read.texts(fields, 'kubernetesGroups'),
    policies: undefined,
    tags: read.textByName(fields, 'tags'),
    createdAt: read.date(fields, 'createdAt'),
  };
}

function policiesOf(fields: Fields, read: InputReader): readonly AssociatedPolicy[] {
  return read.list(fields, 'associatedAccessPolicies').map((policy) => {
    const scope = fieldsOf(policy['accessScope']) ?? {};
    const namespaces = [...read.texts(scope, 'namespaces')].sort();
    const isCluster = read.text(scope, 'type') === 'cluster';
    return {
      policyArn: read.text(policy, 'policyArn'),
      scope: isCluster ? 'cluster' : 'namespace',
      namespaces,
    };
  });
}
