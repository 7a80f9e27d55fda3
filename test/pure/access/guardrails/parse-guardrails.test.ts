/** EKS_ACCESS_GUARDRAILS as text → the guardrails, or what is wrong with it. */
import { parseGuardrails } from '../../../../access/guardrails/guardrails';
import { refusalOf } from '../refusal';

describe('parseGuardrails', () => {
  it.each([
    [undefined, {}],
    ['{}', {}],
    ['{"clusters":["a"],"allowNodes":true}', { clusters: ['a'], allowNodes: true }],
    [
      '{"accessPolicies":["arn:aws:eks::aws:cluster-access-policy/*"]}',
      { accessPolicies: ['arn:aws:eks::aws:cluster-access-policy/*'] },
    ],
    [
      '{"accessPolicies":["arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSEditPolicy@dev-*"]}',
      { accessPolicies: ['arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSEditPolicy@dev-*'] },
    ],
    [
      '{"userNames":["dev-*"],"allowTakeover":"unrecorded"}',
      { userNames: ['dev-*'], allowTakeover: 'unrecorded' },
    ],
  ])('reads %s', (json, guardrails) => {
    expect(parseGuardrails(json)).toEqual(guardrails);
  });

  it.each([
    ['', 'it is not JSON'],
    ['{', 'it is not JSON'],
    [' ', 'it is not JSON'],
    ['"x"', 'it is not a JSON object'],
    ['{"__proto__":{"allowClusterAdmin":true}}', 'unknown key "__proto__"'],
    ['{"constructor":{}}', 'unknown key "constructor"'],
    ['{"groups":[""]}', 'groups has "", and groups must be a list of'],
    ['{"groups":null}', 'groups is null, and groups must be a list of'],
    ['{"principalAccounts":["1111*"]}', 'principalAccounts has "1111*", and'],
    ['{"accessPolicies":["a/b"]}', 'accessPolicies has "a/b", which is neither'],
    ['{"allowNodes":1}', 'allowNodes is 1, and'],
    ['null', 'it is not a JSON object'],
    ['[]', 'it is not a JSON object'],
    ['{"allowClusterAdmins":true}', 'unknown key "allowClusterAdmins", did you mean allowClusterAdmin?'],
    ['{"allowNodes":"true"}', 'allowNodes is "true", and allowNodes must be true or false'],
    ['{"groups":"team-*"}', 'groups is "team-*", and groups must be a list of Kubernetes groups or patterns'],
    [
      '{"principalAccounts":["123"]}',
      'principalAccounts has "123", and principalAccounts must be a list of 12-digit',
    ],
    [
      '{"allowTakeover":true}',
      'allowTakeover is true, and allowTakeover must be "none", "unrecorded" or "any"',
    ],
    [
      '{"allowAdoption":true}',
      'unknown key "allowAdoption", the keys are clusters, principalAccounts, groups, userNames, accessPolicies, rights, allowNodes, allowClusterAdmin, allowTakeover, allowModeChange;',
    ],
    [
      '{"accessPolicies":["AmazonEKSEditPolicy@"]}',
      'accessPolicies has "AmazonEKSEditPolicy@", which is neither',
    ],
    [
      '{"accessPolicies":["AmazonEKSEditPolicy@a?"]}',
      'accessPolicies has "AmazonEKSEditPolicy@a?", which is neither',
    ],
    [
      '{"accessPolicies":["arn:aws:iam::aws:policy/x"]}',
      'accessPolicies has "arn:aws:iam::aws:policy/x", which is neither NAME nor NAME@NAMESPACES with the name or ARN of an EKS access policy',
    ],
    ['{"rights":["veiw"]}', 'rights has "veiw", which is neither NAME nor NAME@NAMESPACES with one of view,'],
    ['{"rights":["edit@a?"]}', 'rights has "edit@a?", which is neither'],
    ['{"rights":[1]}', 'rights has 1, and rights must be a list of named rights or patterns'],
    ['{"clusters":"a"}', 'clusters is "a", and clusters must be a list of cluster names or patterns;'],
    ['{"groups":[1]}', 'groups has 1, and groups must be a list of Kubernetes groups or patterns;'],
    [
      '{"userNames":[1]}',
      'userNames has 1, and userNames must be a list of Kubernetes user names or patterns;',
    ],
    [
      '{"accessPolicies":[""]}',
      'accessPolicies has "", and accessPolicies must be a list of access policies or patterns, each NAME or NAME@NAMESPACES;',
    ],
    [
      '{"principalAccounts":["12345678901"]}',
      'principalAccounts has "12345678901", and principalAccounts must be a list of 12-digit account ids, or ["*"];',
    ],
    ['{"allowNodes":"x"}', 'allowNodes is "x", and allowNodes must be true or false;'],
    ['{"allowClusterAdmin":1}', 'allowClusterAdmin is 1, and allowClusterAdmin must be true or false;'],
    [
      '{"allowTakeover":"all"}',
      'allowTakeover is "all", and allowTakeover must be "none", "unrecorded" or "any";',
    ],
  ])('refuses %s', (json, why) => {
    expect(refusalOf(() => parseGuardrails(json))).toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining(`EKS_ACCESS_GUARDRAILS of the provider is invalid: ${why}`) as string,
    });
  });

  it('says what the parser of JSON said, for the log', () => {
    expect(refusalOf(() => parseGuardrails('{'))).toMatchObject({
      cause: expect.objectContaining({ name: 'SyntaxError' }) as Error,
    });
  });
});
