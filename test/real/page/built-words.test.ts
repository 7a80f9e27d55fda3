/** The built page says what its sources say, of every document of the corpus: nothing was minified or left out wrongly. */
import { shown } from '../../../access/explain/shown';
import { answerOf } from '../../../site/model/asked';
import { moveOf } from '../../../site/model/move';
import { problemsOf } from '../../../site/model/problems';
import { whoTables } from '../../../site/model/who';
import { SAMPLE } from '../../pure/access/explain/sample';
import { documents, ENTRY, pageOf } from '../../pure/site/seen';
import { paste, withPage } from './browser';

const QUESTION = 'arn:aws:sts::111122223333:assumed-role/dev/jane@example.com';
/** As many as the page draws before it is asked for the rest. */
const MOST = { problems: 50, who: 100 };

const LOOK = `(() => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
  const look = (tab, ...selectors) => {
    document.getElementById('tab-' + tab).click();
    return selectors.map((selector) => texts('#panel-' + tab + ' ' + selector));
  };
  return [
    texts('#headline'),
    texts('#remarks p'),
    ...look('problems', '.problems > li > .sentence', '.problems > li > details > p:nth-of-type(1)'),
    ...look('who', 'tbody tr > td:first-child'),
    ...look('ask', '.answer > .sentence', '.answer dt'),
    ...look('move', 'ol h3 code', 'pre'),
  ];
})()`;

type Looked = readonly (readonly string[])[];

function expected(document: string, accessEntries: string): Looked {
  const page = pageOf(document, { accessEntries });
  const problems = problemsOf(page).slice(0, MOST.problems);
  const { inForce, others } = whoTables(page);
  const rows = [...inForce.slice(0, MOST.who), ...others.slice(0, MOST.who)];
  const answer = answerOf(page, QUESTION);
  const move = moveOf(page, { include: [], tool: 'cloudformation', cluster: '' });
  const plan = move === undefined || 'refused' in move ? undefined : move;
  const labels = answer?.rows.map(({ label, line }) => (line === undefined ? label : `line ${line}`)) ?? [];
  const more = [
    ...(answer?.fix === undefined ? [] : ['fix']),
    ...(answer?.then === undefined ? [] : ['then']),
  ];
  const texts: Looked = [
    [page.headline + page.count],
    page.remarks,
    problems.map(({ finding }) => finding.sentence),
    problems.map(({ help }) => help.problem),
    rows.map(({ mark, who }) => (mark === '' ? who : `${mark}\u00a0${who}`)),
    answer === undefined ? [] : [answer.sentence],
    [...labels, ...more],
    plan?.rows.slice(0, MOST.who).map(({ who }) => who) ?? [],
    plan === undefined ? [] : [plan.document],
  ];
  return texts.map((each) => each.map((text) => text.split('\n').map(shown).join('\n')));
}

const cases = [...documents, ['the sample', SAMPLE] as const].filter(([, text]) => {
  const { state, read } = pageOf(text);
  return state === 'read' && read !== undefined;
});

test('nearly all documents can be compared', () => {
  expect(cases.length).toBeGreaterThan(30);
});

test.each(['', ENTRY])(
  'the same words for every document, beside the access entries %j',
  async (accessEntries) => {
    await withPage(async (page) => {
      await page.locator('#entries').evaluate((area, text) => {
        (area as unknown as { value: string }).value = text;
      }, accessEntries);
      for (const [name, text] of cases) {
        await paste(page, text);
        // The page reads what was pasted in a task of its own, which was there before this one.
        await page.evaluate('new Promise((resolve) => setTimeout(resolve))');
        await page.evaluate(`(() => {
        document.getElementById('tab-ask').click();
        document.getElementById('question').value = ${JSON.stringify(QUESTION)};
        document.querySelector('#panel-ask form').requestSubmit();
      })()`);
        expect([name, await page.evaluate<Looked>(LOOK)]).toEqual([name, expected(text, accessEntries)]);
      }
    });
  },
);
