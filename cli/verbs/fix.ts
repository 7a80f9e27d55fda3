/** `doctor --fix`: the document with its fixes; only what they change is another byte. Pure. */
import { findingsOf } from '../../access/explain/findings';
import { awsAuthOf, fixDocument } from '../../access/explain/seen-document';
import { readDocument } from '../../access/explain/document/read-document';
import { type CommandLine } from '../command-line';
import { type Looked } from '../input/look';
import { type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf } from '../text/line';
import { isFailing } from './doctor';

export function fix({ cluster, source }: Looked, { fix: which, ignored, failOn }: CommandLine): Outcome {
  if (source === undefined) throw new Problem('--fix needs the file with aws-auth.');
  const fixed = fixDocument(
    source.text,
    (finding) => !ignored.has(finding.rule) && (which === 'all' || finding.fix?.givesAccess === false),
    cluster,
  );
  if ('refused' in fixed) throw new Problem(`${source.name}: ${fixed.refused}`, 'Nothing was fixed.');
  const left = findingsOf({ ...cluster, awsAuth: awsAuthOf(readDocument(fixed.text)) }).filter(
    ({ rule }) => !ignored.has(rule),
  );
  const applied = fixed.applied.map(
    ({ rule, principal }) => `fixed ${rule}${principal === undefined ? '' : `, ${principal}`}`,
  );
  return {
    exitCode: isFailing(left, failOn) ? 1 : 0,
    text: () => [],
    plain: [],
    json: {},
    document: source.mark + fixed.text,
    hints: [
      ...(applied.length === 0 ? ['nothing to fix'] : applied),
      ...left.map(
        ({ rule, span, level }) => `left  ${rule}, ${level}${span ? `, line ${span.from.line}` : ''}`,
      ),
    ].map((text) => lineOf(text)),
  };
}
