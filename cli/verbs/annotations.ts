/**
 * Findings as workflow commands of GitHub Actions. GitHub shows ten of a kind a step, so the tenth says how many more
 * there are. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. Pure.
 */
import { type Finding, type Level } from '../../access/explain/finding';
import { type GithubOutput } from '../outcome';
import { shown } from '../text/shown';

const MOST = 10;
const KINDS = { error: 'error', warn: 'warning', info: 'notice' } as const satisfies Record<Level, string>;

/** `file`: as the repository names it; undefined for stdin. */
export function github(
  findings: readonly Finding[],
  file: string | undefined,
  summary: string,
): GithubOutput {
  const levels = Object.keys(KINDS) as readonly Level[];
  return {
    annotations: levels.flatMap((level) => {
      const all = findings.filter((finding) => finding.level === level);
      const more = all.length - MOST;
      return all
        .slice(0, MOST)
        .map((finding, index) =>
          annotation(finding, file, more > 0 && index === MOST - 1 ? ` And ${more} more of this level.` : ''),
        );
    }),
    summary: markdown(findings, file, summary),
  };
}

function annotation(
  { rule, level, span, sentence, effect }: Finding,
  file: string | undefined,
  more: string,
): string {
  const place =
    span === undefined
      ? []
      : [
          ['line', span.from.line],
          ['endLine', span.to.line],
          ['col', span.from.column],
          ['endColumn', span.to.column],
        ];
  const properties = [
    ...(file === undefined ? [] : [['file', file]]),
    ...(file === undefined ? [] : place),
    ['title', rule],
  ]
    .map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
    .join(',');
  return `::${KINDS[level]} ${properties}::${escaped(`${sentence} ${effect}${more}`)}`;
}

/** Line ends are shown by `shown` already; what is left is the sign of GitHub's own escapes. */
function escaped(text: string): string {
  return shown(text).replaceAll('%', '%25');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function markdown(findings: readonly Finding[], file: string | undefined, summary: string): string {
  const rows = findings.map(({ rule, level, span, sentence, effect }) =>
    [span === undefined ? '' : `${span.from.line}:${span.from.column}`, level, rule, `${sentence} ${effect}`]
      .map(cell)
      .join(' | '),
  );
  const head = rows.length === 0 ? [] : ['', '| Line | Level | Rule | What |', '| --- | --- | --- | --- |'];
  return [
    `### ${cell(file ?? 'aws-auth')}: ${cell(summary)}`,
    ...head,
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

/** Nothing of a document is markup. */
function cell(text: string): string {
  return shown(text).replace(/[&<>|`*_[\]\\~#!@]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
