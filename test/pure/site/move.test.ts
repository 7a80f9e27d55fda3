/** The Move tab plans what the command line plans, in the same words, for every document of the corpus. */
import { readDocument } from '../../../access/explain/document/read-document';
import { awsAuthOf } from '../../../access/explain/seen-document';
import { TOOLS } from '../../../access/migration/render/render';
import { readCommandLine } from '../../../cli/command-line';
import { planMigration } from '../../../cli/verbs/plan-migration';
import { type Move, moveOf, type MoveWish } from '../../../site/model/move';
import { SAMPLE } from '../access/explain/sample';
import { documents, pageOf } from './seen';

const WISH: MoveWish = { include: [], tool: 'cloudformation', cluster: '' };

function moveIn(document: string, wish: Partial<MoveWish> = {}): Move {
  const move = moveOf(pageOf(document), { ...WISH, ...wish });
  if (move === undefined || 'refused' in move) throw new Error(`there is no move: ${move?.refused}`);
  return move;
}

function byCommandLine(text: string, ...options: readonly string[]) {
  const source = { name: 'aws-auth.yaml', text, note: undefined, mark: '' };
  const cluster = { awsAuth: awsAuthOf(readDocument(text)) };
  const looked = { cluster, name: 'aws-auth.yaml', path: 'aws-auth.yaml', source, notes: [] };
  return planMigration(looked, readCommandLine(['plan-migration', ...options]));
}

const read = [...documents, ['the sample', SAMPLE] as const].filter(
  ([, text]) => pageOf(text).state === 'read',
);

test.each(read)('%s: as eks-access plan-migration', (_, text) => {
  const move = moveIn(text);
  const said = byCommandLine(text, '--to', 'cli');
  const spoken = move.rows.map((row) => [
    row.verdict,
    row.line === undefined ? '' : `${row.line}`,
    row.text,
    row.gives,
  ]);
  expect(spoken).toEqual(
    said.plain.map(([verdict, , line, , today = '', reason = '', gives]) => [
      verdict,
      line,
      [today, reason].filter((clause) => clause !== '').join('; '),
      gives === '' ? undefined : gives,
    ]),
  );
  const { summary, document } = said.json as { readonly summary: string; readonly document: string };
  expect([move.headline, moveIn(text, { tool: 'cli' }).document]).toEqual([summary, document]);
});

test('what is included beside what is in force is in the plan, and in the output of every tool', () => {
  for (const tool of TOOLS) {
    const without = moveIn(SAMPLE, { tool, cluster: ' prod ' });
    const move = moveIn(SAMPLE, { tool, include: [14], cluster: ' prod ' });
    expect(move.rows.find(({ line }) => line === 14)).toMatchObject({ mark: '+', verdict: 'included' });
    const arn = 'role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef';
    expect([without.document.includes(arn), move.document.includes(arn)]).toEqual([false, true]);
    expect(move.document).toContain('--name prod ');
    expect(move.verdict).not.toBe(without.verdict);
  }
});

test('two entries of one principal cannot both be included; of a text that is a guess there is no plan', () => {
  const twice = SAMPLE.replace('groups: [team-b]', 'groups: team-b').replace(
    'groups: [team-a]',
    'groups: team-a',
  );
  const offered = moveIn(twice).rows.flatMap(({ line, who, gives }) =>
    gives !== undefined && who.toLowerCase() === 'role/dev' ? [line ?? 0] : [],
  );
  expect(offered).toHaveLength(2);
  expect(moveOf(pageOf(twice), { ...WISH, include: offered })).toEqual({
    refused: expect.stringContaining('are for one principal, which has one access entry') as string,
  });
  expect(moveOf(pageOf(SAMPLE.replace('kind:', '\tkind:')), WISH)).toBeUndefined();
});
