/** Guardrails as policies that IAM takes: how large each is, how many there are, and what is said where they are too many. */
import { iamPolicies, type Roles } from '../../../../access/guardrails/iam/policies';
import { inPlace } from '../../../../access/guardrails/iam/place';
import {
  MAX_POLICIES,
  MAX_POLICY_CHARACTERS,
  packPolicies,
  policySize,
} from '../../../../access/guardrails/iam/policy-size';
import { type Guardrails } from '../../../../access/guardrails/guardrails';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };
/** One policy of this statement alone has as many characters. */
const filling = (characters: number): string => 'x'.repeat(characters - policySize(['']));

test.each([
  ['${Token[AWS.Partition.3]}', 'aws-us-gov'],
  ['${Token[AWS.AccountId.0]}', '111122223333'],
  ['${Token[AWS.Region.12]}', 'ap-southeast-1'],
  ['${Token[TOKEN.99]}', 'x'.repeat(120)],
  ['a-${Token[AWS.Region.12]}-${Token[AWS.AccountId.0]}', 'a-ap-southeast-1-111122223333'],
])('%s counts as what it comes to at most', (token, text) => {
  expect(policySize([token])).toBe(policySize([text]));
});

test('a statement goes into a policy of its own where it does not fit, and the order stays', () => {
  const whole = filling(MAX_POLICY_CHARACTERS);
  expect(packPolicies([whole])).toEqual([[whole]]);
  expect(packPolicies(['a', 'b', whole, 'c'])).toEqual([['a', 'b'], [whole], ['c']]);
  expect(packPolicies([])).toEqual([[]]);
});

test('more than a role takes are refused, and a statement that no policy takes', () => {
  const whole = filling(MAX_POLICY_CHARACTERS);
  const remedy = `and the role takes ${MAX_POLICIES} of ${MAX_POLICY_CHARACTERS}: write patterns such as team-* instead of many names, or deploy one provider for each group of clusters, each with an exportName of its own`;
  expect(() => packPolicies(Array<string>(MAX_POLICIES + 1).fill(whole))).toThrow(
    `the guardrails make 6 policies of up to 6144 characters, ${remedy}`,
  );
  expect(packPolicies(Array<string>(MAX_POLICIES).fill(whole))).toHaveLength(MAX_POLICIES);
  expect(() => packPolicies(['a', filling(MAX_POLICY_CHARACTERS + 1)])).toThrow(
    `the guardrails make 2 policies of up to 6145 characters, ${remedy}`,
  );
});

describe('of guardrails', () => {
  const noRoles: Roles = { nodeRoles: [], clusterRoles: [] };
  const sidsOf = (guardrails: Guardrails, roles = noRoles): readonly string[] => {
    const policies = iamPolicies(guardrails, place, roles);
    if ('fault' in policies) throw new Error(policies.fault);
    return policies.allow
      .flatMap(({ Statement }) => Statement as readonly { readonly Sid: string }[])
      .map(({ Sid }) => Sid);
  };

  test('too many names are a fault', () => {
    const groups = Array.from({ length: 600 }, (_, index) => `a-long-name-of-a-team-${index}`);
    expect(iamPolicies({ groups }, place, noRoles)).toEqual({
      fault: expect.stringMatching(/^the guardrails make \d+ policies of up to \d+ characters/) as string,
    });
    expect(iamPolicies({ groups: [''] }, place, noRoles)).toEqual({
      fault: expect.stringMatching(/groups/) as string,
    });
  });

  test('no policy is listed where the list is empty, and one statement a place where it is not', () => {
    const listed = (accessPolicies: readonly string[]): readonly string[] =>
      sidsOf({ accessPolicies: [...accessPolicies] }).filter((sid) => /^Policies\d/.test(sid));
    expect(listed([])).toEqual([]);
    expect(listed(['AmazonEKSViewPolicy', 'AmazonEKSEditPolicy@dev', 'AmazonEKSAdminPolicy@dev'])).toEqual([
      'Policies1',
      'Policies2',
    ]);
  });

  test('roles of named clusters are assumed, where there are any', () => {
    const role = 'arn:aws:iam::111122223333:role/way-in';
    const texts = (clusterRoles: readonly string[]): string =>
      JSON.stringify(iamPolicies({}, place, { nodeRoles: [], clusterRoles }));
    expect(texts([role])).toContain(`"${role}"`);
    expect(texts([])).not.toContain('way-in');
  });
});

test('a place is filled in wherever it is named, and nothing else changes', () => {
  const value = { arn: ['arn:${AWS::Partition}:x:${AWS::Region}:${AWS::AccountId}', true, null, 7] };
  expect(inPlace(value, place)).toEqual({ arn: ['arn:aws:x:eu-west-1:111122223333', true, null, 7] });
});
