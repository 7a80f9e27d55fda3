/**
 * Findings as a SARIF 2.1.0 log, as GitHub's code scanning reads it.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning. Pure.
 */
import { adviceOf } from '../../access/explain/advice';
import { type Finding, type Level, type RuleName } from '../../access/explain/finding';
import { HELP } from '../../access/explain/help/help';
import { LEVELS } from '../../access/explain/rules/levels';
import { principalKeyOf } from '../../access/explain/who';
import { fnv1aHex } from '../../access/fnv1a';
import { shown } from '../text/shown';

const KINDS = { error: 'error', warn: 'warning', info: 'note' } as const satisfies Record<Level, string>;

/** `file`: as the repository names it; undefined for what is no file. `version`: of the program. */
export function sarif(findings: readonly Finding[], file: string | undefined, version: string): object {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const counts = new Map<string, number>();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'eks-access', semanticVersion: version, rules: rules.map(ruleOf) } },
        columnKind: 'unicodeCodePoints',
        results: findings.map((finding) => {
          const key = keyOf(finding);
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return resultOf(finding, rules.indexOf(finding.rule), file, `${key}:${count}`);
        }),
      },
    ],
  };
}

function ruleOf(rule: RuleName): object {
  const { problem, right, why, source } = HELP[rule];
  return {
    id: rule,
    shortDescription: { text: message(problem) },
    help: { text: message(`${problem}\n\nWrite:\n${right}\n\n${why}\n\nSource: ${source}`) },
    defaultConfiguration: { level: KINDS[LEVELS[rule]] },
  };
}

function resultOf(
  finding: Finding,
  ruleIndex: number,
  file: string | undefined,
  fingerprint: string,
): object {
  const { rule, level, span, sentence, effect, fix } = finding;
  const advice = fix === undefined ? [] : adviceOf(fix, span !== undefined);
  return {
    ruleId: rule,
    ruleIndex,
    level: KINDS[level],
    message: { text: message([`${sentence} ${effect}`, ...advice].map(shown).join('\n')) },
    ...(file === undefined
      ? {}
      : {
          locations: [
            { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(finding) } },
          ],
        }),
    // GitHub tells alerts of different runs apart by the first alone.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'eksAccess/v1': fingerprint },
  };
}

/** What is about the document as a whole is shown at its first line: GitHub shows nothing without a place. */
function regionOf({ span }: Finding): object {
  if (span === undefined) return { startLine: 1 };
  return {
    startLine: span.from.line,
    startColumn: span.from.column,
    endLine: span.to.line,
    endColumn: span.to.column,
  };
}

/** Rule and principal, not the place: lines above it may come and go. */
function keyOf({ rule, principal = '', at }: Finding): string {
  const whom = principal === '' ? (at?.section ?? '') : principalKeyOf(principal);
  return fnv1aHex(`${rule}\n${whom}`);
}

function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Braces are placeholders in SARIF, and `[…](…)` is a link, which no document may make. */
function message(text: string): string {
  return text.replace(/[{}]/g, (brace) => brace + brace).replaceAll('](', '] (');
}
