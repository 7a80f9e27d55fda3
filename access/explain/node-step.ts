/** An instance whose role has an entry by which nodes do not join, as a line of the reasoning. Pure. */
import { isNodeMapping } from '../aws-auth/reading/entries';
import { type Caller } from './caller';
import { type Step } from './explanation';
import { isInstance } from './filled-in';
import { type Answer } from './lookup';
import { isForNodes, neededTypeOf, overriddenIn } from './node-type';
import { type View } from './view';
import { principalKeyOf } from './who';

/** People may work on instances too, and as roles of nodes. */
export function nodeStep(view: View, answer: Answer, { session = '' }: Caller): readonly Step[] {
  const type = isInstance(session) ? 'EC2_LINUX' : undefined;
  if (answer.place === 'aws-auth') {
    const { loaded } = answer.entry;
    if (type === undefined || loaded === undefined || isNodeMapping(loaded)) return [];
    return [
      { label: 'node', text: 'as a node it does not join by this entry, which is not for nodes', note: '' },
    ];
  }
  if (answer.place !== 'access entry' || isForNodes(answer.entry)) return [];
  const written = overriddenIn(view).get(principalKeyOf(answer.entry.principalArn));
  const needed = neededTypeOf(view, answer.entry, written)?.type ?? type;
  if (needed === undefined) return [];
  const text = `as a node it does not join by type STANDARD, but by ${needed}`;
  return [{ label: 'node', text, note: '', rule: 'node-entry-type' }];
}
