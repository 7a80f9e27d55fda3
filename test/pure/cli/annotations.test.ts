import { findingsOf } from '../../../access/explain/findings';
import { github } from '../../../cli/verbs/annotations';
import { sample } from '../access/explain/sample';
import { seenAwsAuth } from '../access/explain/seen';

test('place and title, by the rules of GitHub', () => {
  const { annotations, summary } = github(findingsOf({ awsAuth: sample }), 'k8s/a,b:c%.yaml', '4 errors');
  expect(annotations[1]).toBe(
    '::error file=k8s/a%2Cb%3Ac%25.yaml,line=14,endLine=14,col=16,endColumn=125,title=role-arn-path::A role ARN with a path matches nobody: remove aws-reserved/sso.amazonaws.com/eu-west-1/. role/AWSReservedSSO_Admin_0123456789abcdef cannot log in. What follows its last _ differs in every account.',
  );
  expect(annotations).toHaveLength(6);
  expect(summary).toContain('| 14:16 | error | role-arn-path | A role ARN');
});

test('ten of a level at most, and the tenth says how many more', () => {
  const accounts = Array.from({ length: 14 }, (_, index) => `"${String(111122223300 + index)}"`);
  const findings = findingsOf({ awsAuth: seenAwsAuth({ mapAccounts: `[${accounts.join(', ')}]` }) });
  const warnings = findings.filter(({ level }) => level === 'warn');
  expect(warnings.length).toBe(14);
  const shownOnes = github(findings, 'a.yaml', '').annotations.filter((line) => line.startsWith('::warning'));
  expect(shownOnes).toHaveLength(10);
  expect(shownOnes[9]).toMatch(/ And 4 more of this level\.$/);
  expect(shownOnes[8]).not.toContain('more of this level');
  expect(github(findings, 'a.yaml', '').summary.match(/account-open/g)).toHaveLength(14);
});

test('without findings nothing is annotated', () => {
  expect(github([], 'a.yaml', 'no problems')).toEqual({
    annotations: [],
    summary: '### a.yaml: no problems\n',
  });
});
