/** `doctor`: what is wrong, line by line, and what to write instead. Pure. */
import { type Finding, type Level } from '../../access/explain/finding';
import { findingsIn } from '../../access/explain/findings';
import { isFixable } from '../../access/explain/fixing';
import { standingsIn } from '../../access/explain/identities';
import { countOf, headlineOf, isPartial, unseenOf } from '../../access/explain/summary';
import { viewOf } from '../../access/explain/view';
import { type CommandLine } from '../command-line';
import { type Looked } from '../input/look';
import { commandFor } from '../next-command';
import { type Outcome } from '../outcome';
import { findingLines } from '../text/finding-lines';
import { lineOf, type Line } from '../text/line';
import { wrapped } from '../text/wrap';
import { github } from './annotations';
import { findingJson } from './finding-json';
import { sarif } from './sarif';

export function doctor(looked: Looked, { failOn, ignored }: CommandLine): Outcome {
  const { cluster, name, source, path } = looked;
  const view = viewOf(cluster);
  const findings = findingsIn(view).filter(({ rule }) => !ignored.has(rule));
  const summary = `${countOf(findings)}. ${headlineOf(standingsIn(view), cluster)}`;
  const unseen = unseenOf(cluster);
  const sourceLines = (source?.text ?? '').replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  return {
    // What was not seen may hide what is wrong, or be the reason for what seems so.
    exitCode:
      isPartial(cluster) || (cluster.unread ?? []).length > 0 ? 2 : isFailing(findings, failOn) ? 1 : 0,
    text: (width) => [
      ...[`${name}: ${summary}`, ...unseen]
        .flatMap((text) => wrapped(text, width))
        .map((text) => lineOf(text, 'strong')),
      ...findingLines(findings, sourceLines, width),
    ],
    plain: findings.map(plainRow),
    json: {
      command: 'doctor',
      file: name,
      mode: cluster.mode ?? null,
      summary,
      unseen,
      counts: {
        error: count(findings, 'error'),
        warn: count(findings, 'warn'),
        info: count(findings, 'info'),
      },
      findings: findings.map(findingJson),
    },
    hints: hintsOf(findings, looked),
    github: () => github(findings, path, summary),
    sarif: (version) => sarif(findings, path, version),
  };
}

/** Whether there is something of the level or worse. */
export function isFailing(findings: readonly Finding[], failOn: Level | 'never'): boolean {
  const failing: readonly Level[] =
    failOn === 'never'
      ? []
      : failOn === 'error'
        ? ['error']
        : failOn === 'warn'
          ? ['error', 'warn']
          : ['error', 'warn', 'info'];
  return findings.some(({ level }) => failing.includes(level));
}

function count(findings: readonly Finding[], level: Level): number {
  return findings.filter((finding) => finding.level === level).length;
}

function plainRow({
  rule,
  level,
  span,
  principal,
  sentence,
  effect,
  fix,
  ignore,
}: Finding): readonly string[] {
  return [
    span === undefined ? '' : `${span.from.line}:${span.from.column}`,
    level,
    rule,
    principal ?? '',
    sentence,
    effect,
    fix?.text ?? '',
    fix === undefined ? '' : fix.givesAccess ? 'gives access' : 'safe',
    ignore ?? '',
  ];
}

function hintsOf(findings: readonly Finding[], looked: Looked): readonly Line[] {
  const fixable = findings.filter((finding) => isFixable(finding) || finding.fix?.inDocument !== undefined);
  const linesOf = (givesAccess: boolean): string =>
    [
      ...new Set(
        fixable.flatMap(({ fix, span }) =>
          fix?.givesAccess === givesAccess && span ? [span.from.line] : [],
        ),
      ),
    ]
      .sort((a, b) => a - b)
      .join(', ');
  const [safe, granting] = [linesOf(false), linesOf(true)];
  const fix = commandFor('doctor', looked, '--fix');
  const [first] = findings;
  return [
    ...(first === undefined
      ? ['Refused all the same? eks-access explain ARN, with the same files, or eks-access help "ERROR".']
      : []),
    ...(safe === '' ? [] : [`Safe fixes: ${safe}   ${fix} > fixed.yaml`]),
    ...(granting === '' ? [] : [`Fixes that let a principal in: ${granting}   ${fix}-grants > fixed.yaml`]),
    ...(first === undefined ? [] : [`Rules: eks-access help ${first.rule}`]),
  ].map((text) => lineOf(text));
}
