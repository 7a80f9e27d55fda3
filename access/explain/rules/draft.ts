/** What a rule says, and the finding that it becomes: with level, place in the document and how to silence it. Pure. */
import { type Section } from '../../aws-auth/identity-mapping';
import { type Fix, type Finding, type Level, type RuleName, type Stretch } from '../finding';
import { type Span } from '../document/document';
import { ignoreComment, isIgnored } from './ignoring';
import { LEVELS } from './levels';
import { limited } from '../sentence';
import { type RuleView } from './values';
import { type View } from '../view';
import { type WrittenEntry, type WrittenSection } from '../written';

export interface Draft {
  readonly rule: RuleName;
  /** Of the entry, in which a comment may silence it. */
  readonly entry?: WrittenEntry | undefined;
  /** Where in the section; without it the place of the entry. */
  readonly at?: Stretch | undefined;
  /** Where no section is to blame. */
  readonly span?: Span | undefined;
  readonly principal?: string | undefined;
  readonly level?: Level | undefined;
  readonly sentence: string;
  readonly effect: string;
  readonly fix?: Fix | undefined;
}

/** A rule looks at all that was seen. */
export type Rule = (view: RuleView) => Iterable<Draft>;

/** Undefined for what a comment in the entry silences. */
export function findingOf(view: View, draft: Draft): Finding | undefined {
  const { rule, entry, sentence, effect, fix } = draft;
  const at = draft.at ?? (entry && { section: entry.section, start: entry.start, end: entry.end });
  const place = at && sectionOf(view, at.section);
  const { text = '' } = place?.parsed ?? {};
  if (entry !== undefined && isIgnored(text, entry, rule)) return undefined;
  return {
    rule,
    level: draft.level ?? LEVELS[rule],
    at,
    span: at === undefined ? draft.span : place?.seen.spanOf(at.start, at.end),
    principal: draft.principal ?? entry?.principal,
    sentence: limited('', sentence, ''),
    effect,
    fix,
    ignore: entry === undefined ? undefined : ignoreComment(entry, rule),
  };
}

export function sectionOf({ written }: View, section: Section): WrittenSection | undefined {
  return written.sections.find((each) => each.section === section);
}
