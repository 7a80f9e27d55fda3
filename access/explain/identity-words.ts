/** What every face says of an identity, cell by cell. Pure. */
import { type AssociatedPolicy } from '../access-entry/access-entry';
import { inWords } from '../rights/in-words';
import { type Identity } from './identity';

export function userOf({ userName, reason }: Identity): string {
  if (userName !== undefined) return userName === '' ? '""' : userName;
  return reason === undefined ? "the caller's own ARN" : '-';
}

export function withOf({ groups, policies }: Identity): string {
  const words = groups.map((group) => inWords(group) ?? group);
  const parts = [...words, ...policies.map(policyOf)];
  // Where a part has several words it says where it ends.
  return parts.length === 0 ? 'no groups' : parts.join(words.join() === groups.join() ? ' ' : ', ');
}

function policyOf({ policyArn, namespaces }: AssociatedPolicy): string {
  const name = policyArn.slice(policyArn.lastIndexOf('/') + 1);
  return namespaces.length === 0 ? name : `${name} in ${namespaces.join(', ')}`;
}

export function fromOf({ from }: Identity): string {
  return from.place === 'aws-auth' ? `aws-auth:${from.span.from.line}` : from.place;
}

export function ownerOf({ owner }: Identity): string {
  switch (owner?.kind) {
    case 'stack':
      return `stack ${owner.stack}, ${owner.logicalId}`;
    case 'recover':
      return `eks-access recover, until ${owner.until ?? '?'}`;
    case 'node role':
      return owner.nodeGroup === undefined ? 'node role' : `node group ${owner.nodeGroup}`;
    case 'provider':
      return 'the provider';
    case undefined:
      return '-';
  }
}
