/** Principals that people take for each other: another suffix, account, partition or kind, and the root user. Pure. */
import { permissionSetOf, principalKeyOf, whoOf } from './who';

interface Near {
  readonly text: string;
  readonly isName: boolean;
  readonly rule?: 'sso-suffix-changed' | undefined;
}

/** What another principal has to do with the caller of this key; undefined where it is nothing. */
export function nearTo(key: string, principal: string): Near | undefined {
  const other = principalKeyOf(principal);
  const [, partition, account, kind, name = ''] = partsOf(key);
  const [, otherPartition, otherAccount, otherKind, otherName] = partsOf(other);
  if (account === undefined) return undefined;
  if (name !== '' && (other === name || other === `${kind}/${name}`))
    return { text: `its name alone, without the ARN`, isName: true };
  if (otherAccount === account && otherKind === 'root' && kind !== 'root')
    return { text: 'another principal: the root user alone, not its whole account', isName: false };
  const set = permissionSetOf(name);
  const otherSet = permissionSetOf(otherName ?? '');
  if (set !== undefined && otherSet?.set === set.set && otherAccount === account)
    return {
      text: `the same permission set with another suffix (${otherSet.suffix}): it was provisioned again`,
      isName: false,
      rule: 'sso-suffix-changed',
    };
  if (set !== undefined && otherName === `awsreservedsso_${set.set}` && otherAccount === account)
    return {
      text: 'the same permission set without what follows its last _',
      isName: false,
      rule: 'sso-suffix-changed',
    };
  if (name === '' || otherName === undefined || !isNamed(name, otherName)) return undefined;
  const text =
    otherAccount !== account
      ? `${whoOf(principal)} of account ${otherAccount}`
      : otherKind !== kind
        ? `a ${otherKind}, not a ${kind}`
        : `${whoOf(principal)} of partition ${otherPartition}, not ${partition}`;
  return { text: `another principal: ${text}`, isName: true };
}

/** By a wildcard too, which people write and the cluster takes for a letter. */
function isNamed(name: string, pattern: string): boolean {
  if (!/[^*]{3}.*\*|\*.*[^*]{3}/.test(pattern)) return name === pattern;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[+.?]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** Also of an ARN that nobody has, where it can be seen who was meant. */
function partsOf(key: string): readonly (string | undefined)[] {
  return (
    /^<?arn:([^:]*):(?:iam|sts):[^:]*:([^:]*):(role|user|root)(?:\/(?:.*\/)?([^/>]+)>?)?$/.exec(key) ?? []
  );
}
