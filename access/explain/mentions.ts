/** Whom aws-auth names where it does not count: in comments, and by a key that is written twice. Pure. */
import { type Step } from './explanation';
import { ignoredPairs } from './ignored-pairs';
import { meantKeyOf } from './never-matches';
import { type View } from './view';

interface Mention {
  readonly principal: string;
  readonly step: Step & { readonly line: number };
}

export function mentionsIn({ cluster: { awsAuth, mode }, written }: View): readonly Mention[] {
  if (awsAuth?.state !== 'read' || mode === 'API') return [];
  const comments = (awsAuth.commentedOut ?? []).map(({ principal, line }) =>
    mention(principal, line, 'names it, and is a comment: nothing in it counts'),
  );
  const twice = written.sections.flatMap(({ seen, entries }) =>
    entries.flatMap((entry) =>
      ignoredPairs(entry, 'arn').flatMap(({ value, counting: key }) => {
        const lineOf = (offset: number): number => seen.spanOf(offset, offset).from.line;
        const text = `names it, and does not count: ${key.value} of line ${lineOf(key.start)} does`;
        if (value.kind !== 'scalar') return [];
        return [mention(value.value, lineOf(value.start), text, 'entry-key-twice')];
      }),
    ),
  );
  return [...twice, ...comments];
}

/** Those of one principal, as lines of the reasoning. */
export function mentionSteps(view: View, key: string): readonly Step[] {
  return mentionsIn(view).flatMap(({ principal, step }) => (meantKeyOf(principal) === key ? [step] : []));
}

function mention(principal: string, line: number, text: string, rule?: Step['rule']): Mention {
  return { principal, step: { label: `line ${line}`, line, text, note: '', rule } };
}
