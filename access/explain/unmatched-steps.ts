/** What else explains that no entry matches, as lines of the reasoning. Pure. */
import { type Caller } from './caller';
import { type Step } from './explanation';
import { isHybridNode, isInstance } from './filled-in';
import { mentionSteps } from './mentions';
import { type View } from './view';
import { principalKeyOf } from './who';

export function unmatchedSteps(view: View, { canonical, session = '' }: Caller): readonly Step[] {
  const isNode = isInstance(session) || isHybridNode(session);
  const text = `taken for a node, by its session ${session}`;
  const note = 'for people and pipelines there: a user name and groups of their own';
  return [
    ...mentionSteps(view, principalKeyOf(canonical)),
    ...unreadSteps(view),
    ...creatorStep(view),
    ...(canonical.endsWith(':root') ? [ROOT] : []),
    ...(isNode ? [{ label: 'node', text, note }] : []),
  ];
}

const ROOT: Step = {
  label: 'root',
  text: 'entries of its account are not for it: sign in as a user or role',
  note: '',
};

/** What the caller may be in, and the cluster does not read. */
function unreadSteps({ cluster: { awsAuth, mode } }: View): readonly Step[] {
  const notes = mode !== 'API' && awsAuth?.state === 'read' ? (awsAuth.notes ?? []) : [];
  return notes.flatMap(({ note, level, sentence, span }): readonly Step[] => {
    if (level !== 'error' || span === undefined) return [];
    const { line } = span.from;
    return [{ label: `line ${line}`, line, text: sentence, note: '', rule: note }];
  });
}

function creatorStep({ cluster: { mode, creator } }: View): readonly Step[] {
  if (mode !== 'CONFIG_MAP' || creator !== undefined) return [];
  const text =
    'in mode CONFIG_MAP the creator of the cluster gets in without an entry; nothing shows who that is';
  return [{ label: 'creator', text, note: '' }];
}
