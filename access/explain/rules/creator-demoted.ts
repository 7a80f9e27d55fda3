/** The creator of the cluster under an entry that gives less (GT-51); only a live cluster tells who that is. */
import { hasFullControl } from '../full-control';
import { type Identity } from '../identity';
import { principalKeyOf } from '../who';
import { type View } from '../view';
import { type Draft } from './draft';

export function* creatorDemoted(
  { cluster: { creator, bindings } }: View,
  identities: readonly Identity[],
): Generator<Draft> {
  if (creator === undefined) return;
  const key = principalKeyOf(creator);
  const own = identities.filter(({ principal }) => principalKeyOf(principal) === key);
  const [less] = own.some((each) => hasFullControl(each, bindings)) ? [] : own;
  if (less === undefined || less.from.place !== 'aws-auth') return;
  yield {
    rule: 'creator-demoted',
    principal: less.principal,
    span: less.from.span,
    sentence: `${less.who} made the cluster, and this entry gives it less than it has without one.`,
    effect: 'The creator is reported to lose full control by an entry of its own: remove the entry.',
  };
}
