/** What the page shows of its input: one state with one sentence, and what the engine makes of the text. Pure. */
import { type DocumentReading } from '../../access/explain/document/document';
import { readDocument } from '../../access/explain/document/read-document';
import { type Finding } from '../../access/explain/finding';
import { findingsIn } from '../../access/explain/findings';
import { identitiesIn } from '../../access/explain/identities';
import { type Identity } from '../../access/explain/identity';
import { accessEntriesIn } from '../../access/explain/input/access-entries';
import { Problem } from '../../access/explain/input/problem';
import { type SeenAccessEntries } from '../../access/explain/seen-cluster';
import { awsAuthOf } from '../../access/explain/seen-document';
import { countOf, headlineOf, unseenOf } from '../../access/explain/summary';
import { type View, viewOf } from '../../access/explain/view';
import { lockedOut } from './locked-out';
import { type PageInput } from './page-input';

/** All that is read of aws-auth and access entries. */
export interface Read {
  readonly view: View;
  readonly findings: readonly Finding[];
  readonly identities: readonly Identity[];
}

export interface SeenPage {
  readonly input: PageInput;
  /** `broken`: no YAML; what is read of it then is a guess by indentation. */
  readonly state: 'empty' | 'other' | 'broken' | 'read';
  /** The answer to "who gets in": one or two sentences. */
  readonly headline: string;
  /** `4 errors, 2 warnings`; empty where nothing was read. */
  readonly count: string;
  /** What was not seen, or is a guess; who is locked out by one mistake. */
  readonly remarks: readonly string[];
  /** To copy: what prints the text that is wanted. */
  readonly command?: string | undefined;
  /** Where the text stops being YAML. */
  readonly line?: number | undefined;
  /** Why the access entries could not be read; undefined where they were, or where there are none. */
  readonly entriesProblem: readonly string[];
  readonly reading: DocumentReading;
  readonly read: Read | undefined;
}

export const GET_AWS_AUTH = 'kubectl get configmap aws-auth -n kube-system -o yaml';

export function seenPage(input: PageInput): SeenPage {
  const { document, mode } = input;
  const reading = readDocument(document);
  const entries = entriesOf(input.accessEntries);
  const awsAuth = awsAuthOf(reading);
  const isAlone = reading.kind === 'empty' && entries.seen !== undefined && document.trim() === '';
  const base = { input, reading, entriesProblem: entries.problem };
  if (awsAuth === undefined && !isAlone) return { ...base, ...unread(reading), read: undefined };
  const view = viewOf({ mode, awsAuth, accessEntries: entries.seen });
  const read: Read = { view, findings: findingsIn(view), identities: identitiesIn(view) };
  const broken = reading.kind === 'broken' ? reading : undefined;
  return {
    ...base,
    state: broken === undefined ? 'read' : 'broken',
    headline: broken?.sentence ?? headlineOf(read.identities, view.cluster),
    count: broken === undefined ? countOf(read.findings) : '',
    line: broken?.line,
    remarks: [
      ...(broken === undefined ? [] : [GUESS]),
      ...lockedOut(read.identities),
      ...unseenOf(view.cluster),
    ],
    read,
  };
}

const GUESS =
  'The API server refuses this text as a whole. What follows is a guess from how the lines are indented.';

function unread(reading: DocumentReading): Omit<SeenPage, 'input' | 'reading' | 'entriesProblem' | 'read'> {
  const none = { count: '', remarks: [], command: GET_AWS_AUTH };
  switch (reading.kind) {
    case 'not-aws-auth':
      return { ...none, state: 'other', headline: reading.what, command: reading.command };
    case 'broken':
      return { ...none, state: 'broken', headline: reading.sentence, command: undefined, line: reading.line };
    case 'aws-auth':
    case 'empty':
      return { ...none, state: 'empty', headline: reading.kind === 'empty' ? reading.sentence : '' };
  }
}

function entriesOf(text: string): {
  readonly seen: SeenAccessEntries | undefined;
  readonly problem: readonly string[];
} {
  if (text.trim() === '') return { seen: undefined, problem: [] };
  try {
    return { seen: { state: 'read', entries: accessEntriesIn(text, 'The text') }, problem: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { message, hint } = error;
    // What is there and could not be read may override what aws-auth says.
    return {
      seen: { state: 'unreadable', why: 'the pasted text is not what it should be' },
      problem: hint === undefined ? [message] : [message, hint],
    };
  }
}
