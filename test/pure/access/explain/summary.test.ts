import { findingsOf } from '../../../../access/explain/findings';
import { identitiesIn, standingsIn } from '../../../../access/explain/identities';
import { countOf, headlineOf, unseenOf } from '../../../../access/explain/summary';
import { viewOf } from '../../../../access/explain/view';
import { type SeenCluster } from '../../../../access/explain/seen-cluster';
import { sample } from './sample';
import { seenAwsAuth } from './seen';

const headline = (cluster: SeenCluster): string => {
  const view = viewOf(cluster);
  const standings = standingsIn(view);
  expect(standings).toEqual(identitiesIn(view).map(({ principal, standing }) => ({ principal, standing })));
  return headlineOf(standings, cluster);
};

test('the sample', () => {
  expect(headline({ awsAuth: sample })).toBe(
    '3 identities and 1 whole account can log in. 4 entries are not in force.',
  );
  expect(countOf(findingsOf({ awsAuth: sample }))).toBe('4 errors, 2 warnings');
});

test.each<readonly [string, SeenCluster]>([
  [
    "Nobody is mapped in aws-auth. In mode CONFIG_MAP only the cluster's creator can log in.",
    { mode: 'CONFIG_MAP', awsAuth: { state: 'absent' } },
  ],
  ['Nobody is mapped.', { awsAuth: seenAwsAuth({}) }],
  ['1 whole account can log in.', { awsAuth: seenAwsAuth({ mapAccounts: '["111122223333"]' }) }],
  [
    'No identity can log in. 1 entry is not in force.',
    { awsAuth: seenAwsAuth({ mapUsers: '[{userarn: x}]' }) },
  ],
])('%s', (sentence, cluster) => {
  expect(headline(cluster)).toBe(sentence);
});

test('what was not seen is said', () => {
  const why = 'AccessDenied eks:ListAccessEntries';
  expect(unseenOf({ mode: 'API_AND_CONFIG_MAP', accessEntries: { state: 'unreadable', why } })).toEqual([
    `Access entries could not be read (${why}): they may override what aws-auth says.`,
  ]);
  const accessEntries = { state: 'read', entries: [] } as const;
  expect(unseenOf({ mode: 'API', awsAuth: { state: 'absent' }, accessEntries })).toEqual([
    'There is no aws-auth ConfigMap; the cluster uses access entries only.',
  ]);
  expect(unseenOf({ mode: 'API' })).toEqual([
    'Access entries were not looked at, which alone decide in mode API.',
  ]);
  expect(unseenOf({ mode: 'API_AND_CONFIG_MAP', awsAuth: sample })).toEqual([
    'Access entries were not looked at: they may override what aws-auth says.',
  ]);
  expect(unseenOf({ mode: 'CONFIG_MAP', awsAuth: { state: 'unreadable', why: 'Forbidden' } })).toEqual([
    'aws-auth could not be read (Forbidden): who gets in by it is not known.',
  ]);
  expect(
    unseenOf({ mode: 'API', awsAuth: { state: 'unreadable', why: 'Forbidden' }, accessEntries }),
  ).toEqual([]);
  expect(countOf([])).toBe('no problems');
});
