/** The page and the command line say the same of every document, in the same words (they have one source). */
import { readDocument } from '../../../access/explain/document/read-document';
import { type SeenCluster } from '../../../access/explain/seen-cluster';
import { awsAuthOf } from '../../../access/explain/seen-document';
import { readCommandLine } from '../../../cli/command-line';
import { doctor } from '../../../cli/verbs/doctor';
import { explain } from '../../../cli/verbs/explain';
import { list } from '../../../cli/verbs/list';
import { answerOf } from '../../../site/model/asked';
import { problemsOf } from '../../../site/model/problems';
import { type SeenPage } from '../../../site/model/seen-page';
import { whoTables } from '../../../site/model/who';
import { SAMPLE } from '../access/explain/sample';
import { documents, pageOf } from './seen';

const QUESTIONS = ['role/nobody-knows', 'arn:aws:sts::111122223333:assumed-role/dev/jane@example.com', 'x y'];

/** As `eks-access` looks at the same text. */
function looked(document: string) {
  const cluster: SeenCluster = { awsAuth: awsAuthOf(readDocument(document)) };
  const source = { name: 'aws-auth.yaml', text: document, note: undefined, mark: '' };
  return { cluster, name: 'aws-auth.yaml', path: 'aws-auth.yaml', source, notes: [] };
}

function check(document: string, page: SeenPage): void {
  const input = looked(document);
  const said = doctor(input, readCommandLine(['doctor']));
  expect(`${page.count}. ${page.headline}`).toBe((said.json as { readonly summary: string }).summary);
  expect(
    problemsOf(page).map(({ finding, line }) => [
      line === undefined ? '' : `${line}:${finding.span?.from.column}`,
      finding.level,
      finding.rule,
      finding.sentence,
      finding.effect,
      finding.fix?.text ?? '',
    ]),
  ).toEqual(
    said.plain.map(([place, level, rule, , sentence, effect, fix]) => [
      place,
      level,
      rule,
      sentence,
      effect,
      fix,
    ]),
  );
  const { inForce, others } = whoTables(page);
  const shownRows = [...inForce, ...others].map(({ user, owner }) => [user, owner]);
  const listed = list(input).plain;
  const sorted = [
    ...listed.filter(([, , , , , , , clause]) => clause === ''),
    ...listed.filter(([, , , , , , , clause]) => clause !== ''),
  ];
  expect(shownRows).toEqual(sorted.map(([, , user, , , owner]) => [user, owner]));
  expect(others.map(({ note }) => note)).toEqual(
    sorted.flatMap(([, , , , , , , clause = '']) => (clause === '' ? [] : [clause])),
  );
  const principals = (page.read?.identities ?? []).map(({ principal }) => principal);
  for (const question of [...QUESTIONS, ...principals.slice(0, 20)]) {
    const answer = answerOf(page, question);
    if (question.trim() === '' || answer === undefined) continue;
    const { verdict, sentence, rows, fix, then, rights, unseen } = answer;
    const spoken = [
      ['verdict', verdict, sentence],
      ...rows.map(({ label, text, note }) => [label, text, note]),
      ...(fix?.text.split('\n') ?? []).map((text) => ['fix', text, '']),
      ...(then === undefined ? [] : [['then', then, '']]),
      ...(rights === undefined ? [] : [['rights', rights, '']]),
      ...unseen.map((text) => ['unseen', text, '']),
    ];
    expect(spoken).toEqual(explain(question, input).plain);
  }
}

test.each([...documents, ['the sample', SAMPLE] as const])('%s', (_, document) => {
  const page = pageOf(document);
  if (page.state === 'read') check(document, page);
  else expect(page.headline).toMatch(/^\S.*\.$/);
});

test('most documents of the corpus are read', () => {
  expect(documents.filter(([, text]) => pageOf(text).state === 'read').length).toBeGreaterThan(30);
});
