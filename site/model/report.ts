/** What the page found, as Markdown for a ticket or a pull request. Pure. */
import { shown } from '../../access/explain/shown';
import { problemsOf } from './problems';
import { type SeenPage } from './seen-page';
import { whoTables } from './who';

export function reportOf(page: SeenPage): string {
  const { headline, count, remarks } = page;
  const problems = problemsOf(page).map(({ finding, level, line, advice }) => {
    const place = line === undefined ? '' : `, line ${line}`;
    const what = `- **${level}**${place} (${code(finding.rule)}): ${text(`${finding.sentence} ${finding.effect}`)}`;
    if (advice === undefined) return what;
    return `${what} ${text(advice.verb)}${advice.text === '' ? '' : `: ${code(advice.text)}`}${advice.note === '' ? '' : ` (${text(advice.note)})`}`;
  });
  const { inForce, others } = whoTables(page);
  const rows = inForce.map(
    ({ who, user, given, from }) => `| ${[who, user, given, from].map(text).join(' | ')} |`,
  );
  const rest = others.map(({ who, from, note }) => `- ${code(who)}, ${text(from)}: ${text(note)}`);
  return [
    `# Who gets in by aws-auth`,
    `${text(headline)}${count === '' ? '' : ` ${text(`${count}.`)}`}`,
    ...remarks.map(text),
    ...(problems.length === 0 ? [] : ['## Problems', problems.join('\n')]),
    ...(rows.length === 0
      ? []
      : [
          '## Who gets in',
          ['| who | as Kubernetes user | with | from |', '| --- | --- | --- | --- |', ...rows].join('\n'),
        ]),
    ...(rest.length === 0 ? [] : ['## Not in force', rest.join('\n')]),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Signs of Markdown and HTML that a document may hold do nothing. */
function text(words: string): string {
  return shown(words).replace(/[\\`*_[\]<>|#&~]/g, '\\$&');
}

/** The fence is longer than any in it. */
function code(words: string): string {
  const safe = shown(words.replace(/\s*\n\s*/g, ' ⏎ '));
  const fence = '`'.repeat(Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = safe.startsWith('`') || safe.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}
