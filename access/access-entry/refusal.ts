/** Why an entry that is there may not be taken: one sentence for the stack author. Pure. */
import { ProviderError } from '../errors';
import { type Owner, describeOwner } from '../owner';
import { type Refusal, WHY_REFUSED } from '../ownership';
import { type CurrentAccessEntry } from './access-entry';

/** AlreadyExists, or AccessDenied for what no stack may touch. */
export function refusal(
  verdict: Refusal,
  current: CurrentAccessEntry,
  { cluster, isNew }: { readonly cluster: string; readonly isNew: boolean },
): ProviderError {
  const { principalArn } = current;
  const has = `${principalArn} ${isNew ? 'already' : 'now'} has an access entry on cluster ${cluster}`;
  switch (verdict.why) {
    case 'provider':
    case 'node':
      return new ProviderError('AccessDenied', `${principalArn} ${WHY_REFUSED[verdict.why]}`);
    case 'exists':
      return new ProviderError(
        'AlreadyExists',
        `${has}, ${describeMaker(current, verdict.owner)}: ` +
          'remove it there, or set ExistingEntry to ADOPT (Delete puts it back) or REPLACE (Delete removes it)',
      );
    case 'keeps another':
      return new ProviderError(
        'AlreadyExists',
        `${has}, owned by ${describeOwner(verdict.owner)}, ${WHY_REFUSED[verdict.why]}`,
      );
  }
}

function describeMaker({ tags, type, username }: CurrentAccessEntry, owner: Owner | undefined): string {
  if (owner) return `owned by ${describeOwner(owner)}`;
  const stack = tags['aws:cloudformation:stack-name'];
  if (stack) return `made by stack ${stack}`;
  return `made by something else (type ${type}${username ? `, user name ${username}` : ''})`;
}
