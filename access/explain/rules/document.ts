/** What is around the sections: what the reader of the document notes, its size, and who else writes it (GT-1, GT-59 to GT-61). */
import { type Section, SECTIONS } from '../../aws-auth/identity-mapping';
import { listOf } from '../who';
import { type View } from '../view';
import { type Draft } from './draft';

export function* documentRules(view: View): Generator<Draft> {
  const { awsAuth, mode } = view.cluster;
  if (awsAuth?.state !== 'read' || mode === 'API') return;
  for (const { note, level, sentence, span, fix } of awsAuth.notes ?? [])
    yield {
      rule: note,
      level,
      sentence,
      span,
      effect: EFFECTS[level],
      fix:
        fix === undefined
          ? undefined
          : {
              text: fix,
              splices: [],
              inDocument: span && { start: span.start, end: span.end, text: fix },
              givesAccess: true,
            },
    };
  yield* nearSizeLimit(awsAuth.data ?? textsOf(view));
  yield* otherWriter(awsAuth.managedFields);
}

const EFFECTS = {
  error: 'What is written there is not in force.',
  warn: 'It may not be the object that the cluster reads.',
  info: 'Nothing changes by it.',
} as const;

function textsOf({ written }: View): Readonly<Record<string, string>> {
  return Object.fromEntries(written.sections.map(({ section, seen }) => [section, seen.text]));
}

const MAX_OCTETS = 1_048_576;
const NEAR = 0.9;

function* nearSizeLimit(data: Readonly<Record<string, string>>): Generator<Draft> {
  const octets = Object.values(data).reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  if (octets < MAX_OCTETS * NEAR || octets > MAX_OCTETS) return;
  const percent = Math.floor((100 * octets) / MAX_OCTETS);
  yield {
    rule: 'near-size-limit',
    sentence: `aws-auth has ${octets} bytes, ${percent} % of the 1,048,576 that the API server takes.`,
    effect: 'Soon nobody can be added: remove entries that nobody needs, or move to access entries.',
  };
}

/** Tools that write what they know at every run; people with kubectl write once, EKS and this product one entry each. */
const KEEPS_WRITING =
  /argo|flux|kustomize-controller|helm|terraform|hashicorp|tofu|pulumi|crossplane|capa|controller|operator/i;

function* otherWriter(managedFields: unknown): Generator<Draft> {
  for (const { manager, sections } of managersOf(managedFields)) {
    if (!KEEPS_WRITING.test(manager)) continue;
    yield {
      rule: 'other-writer',
      sentence: `${JSON.stringify(manager)} writes ${listOf(sections)} as a whole, and is likely to do so again.`,
      effect: 'Its next run removes entries that it does not know: let one tool write this map.',
    };
  }
}

/** Each manager with the sections that it last wrote; what is not of that form is skipped. */
function managersOf(
  managedFields: unknown,
): readonly { readonly manager: string; readonly sections: readonly Section[] }[] {
  if (!Array.isArray(managedFields)) return [];
  return (managedFields as readonly unknown[]).flatMap((entry) => {
    const { manager, fieldsV1 } = fieldsOf(entry);
    const data = fieldsOf(fieldsOf(fieldsV1)['f:data']);
    const sections = SECTIONS.filter((section) => Object.hasOwn(data, `f:${section}`));
    return typeof manager === 'string' && sections.length > 0 ? [{ manager, sections }] : [];
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
