/**
 * What an attacker who writes a template has tried, against the default guardrails and some that an owner might think
 * safe, on clusters of every mode. Whatever passes is shown to be harmless: another name, and nothing else.
 */
import { checkGuardrails, type Guardrails } from '../../../../access/guardrails/guardrails';
import { ProviderError } from '../../../../access/errors';
import { type AuthenticationMode, type DesiredAccess } from '../../../../access/desired-access';
import { parseProperties } from '../../../../lambda/cloudformation/properties';
import { ACCOUNT, at, native, placed, role } from '../desired';

const OWN = 'arn:aws:iam::111122223333:role/foo';
const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const;

/** Whether the mapping would be made in this mode. */
function passes(
  desired: DesiredAccess,
  authenticationMode: AuthenticationMode,
  guardrails: Guardrails = {},
): boolean {
  try {
    checkGuardrails(desired, placed(desired, at(authenticationMode)), guardrails, { accountId: ACCOUNT });
    return true;
  } catch (error) {
    if (error instanceof ProviderError) return false;
    throw error;
  }
}

function modesThatPass(desired: DesiredAccess, guardrails: Guardrails = {}): AuthenticationMode[] {
  return MODES.filter((mode) => passes(desired, mode, guardrails));
}

describe('groups', () => {
  const dangerous = [
    'system:masters',
    'System:Masters',
    'system:{{SessionName}}',
    '{{SessionName}}:masters',
    'sys{{SessionName}}:masters',
    'system:{{SessionNameRaw}}masters',
    '{{AccessKeyID}}:masters',
    'cfn-eks-access',
    'CFN-EKS-ACCESS',
    'cfn-eks-{{SessionName}}',
    'cfn-eks-access ',
    '{{SessionName}}',
    '{{SessionName}}{{SessionName}}',
    'system:nodes',
    'system:bootstrappers',
    'system:node-proxier',
    'eks:kube-proxy-windows',
    'eks:anything',
    'aws:x',
    'iam:x',
    'amazon:x',
    'system:authenticated',
    'system:serviceaccounts:kube-system',
    'system:x',
    'System:x',
    'system:authenticated{{SessionName}}',
  ];
  it.each(dangerous)('%j is refused by default, and where every group is listed by *', (group) => {
    for (const guardrails of [{}, { groups: ['*'] }, { groups: ['*s*', '?*'] }, { groups: ['team-*'] }]) {
      expect(modesThatPass(role({ groups: [group] }), guardrails)).toEqual([]);
      expect(modesThatPass(native({ groups: [group] }), guardrails)).toEqual([]);
    }
  });

  // None of them is a reserved group to Kubernetes, which compares whole names, byte for byte.
  it.each([
    ' system:masters',
    'system\u200b:masters',
    'system：masters',
    'ѕystem:masters',
    '- system:masters',
    '[system:masters]',
    '!!str system:masters',
    '*a',
    'system',
    'system-masters',
    'team-a,system:masters',
  ])('%j is a group of that name', (group) => {
    expect(modesThatPass(role({ groups: [group] }))).not.toEqual([]);
    expect(modesThatPass(role({ groups: [group] }), { groups: ['team-?'] })).toEqual([]);
  });

  it('a reserved group that its own pattern lists is given, and only that one', () => {
    const guardrails = { groups: ['system:authenticated', '*'] };
    expect(passes(role({ groups: ['system:authenticated'] }), 'CONFIG_MAP', guardrails)).toBe(true);
    expect(passes(role({ groups: ['system:nodes'] }), 'CONFIG_MAP', guardrails)).toBe(false);
    expect(passes(role({ groups: ['system:masters'] }), 'CONFIG_MAP', { groups: ['system:*'] })).toBe(false);
    expect(
      passes(role({ groups: ['cfn-eks-access-x'] }), 'CONFIG_MAP', { groups: ['cfn-eks-access*'] }),
    ).toBe(true);
    expect(passes(role({ groups: ['cfn-eks-access'] }), 'CONFIG_MAP', { groups: ['cfn-eks-access*'] })).toBe(
      false,
    );
  });

  it('the provider’s own group is never given, not even to a cluster admin', () => {
    const open = { groups: ['cfn-eks-access'], allowClusterAdmin: true };
    expect(modesThatPass(role({ groups: ['cfn-eks-access'] }), open)).toEqual([]);
    expect(modesThatPass(native({ groups: ['cfn-eks-access'] }), open)).toEqual([]);
  });
});

describe('user names', () => {
  const BOSS = 'arn:aws:sts::111122223333:assumed-role/Boss/alice';
  it.each([
    'system:admin',
    'System:admin',
    'system:kube-controller-manager',
    'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
    'eks:addon-manager',
    'EKS:addon-manager',
    'eks:{{SessionName}}',
    '{{SessionName}}:x',
    'sy{{SessionName}}:x',
    'system:node:ip-10-0-0-1',
    'system:node:{{EC2PrivateDNSName}}',
    'system:node:{{SessionName}}',
    'aws:x',
    'iam:x',
    'amazon:x',
    'cfn-eks-access',
    BOSS,
    BOSS.toUpperCase().replace('ARN', 'arn'),
    BOSS.replace('arn', 'ARN'),
    'arn:aws:sts::111122223333:assumed-role/Boss/{{SessionName}}',
    'arn:aws:sts::111122223333:assumed-role/foo/alice',
    'arn:aws:sts::{{AccountID}}:assumed-role/Boss/alice',
    'arn:aws:iam::111122223333:user/alice',
    'arn:aws:iam::111122223333:root',
    'ar{{SessionName}}:aws:sts::111122223333:assumed-role/Boss/alice',
    '{{EC2PrivateDNSName}}:x',
  ])('%j is refused by default, and where every name is listed by *', (userName) => {
    for (const guardrails of [{}, { userNames: ['*'] }, { userNames: ['??*'] }, { groups: ['team-*'] }]) {
      expect(modesThatPass(role({ arn: OWN, userName }), guardrails)).toEqual([]);
      expect(modesThatPass(native({ arn: OWN, userName }), guardrails)).toEqual([]);
    }
  });

  it.each([
    ' system:admin',
    'system\u200b:admin',
    'system：admin',
    'it’s: {{SessionName}}',
    'alice',
    'lambdafoo',
    'developer:{{SessionName}}',
    'sso-{{SessionName}}:x',
    'arnold',
  ])('%j is a name of its own', (userName) => {
    expect(modesThatPass(role({ arn: OWN, userName }))).not.toEqual([]);
  });

  it('each principal may have its own default name, in any case, and without the path of a user', () => {
    const own = 'arn:aws:sts::111122223333:assumed-role/foo/{{SessionName}}';
    for (const userNames of [undefined, ['team-*'], []]) {
      const guardrails = userNames ? { userNames } : {};
      expect(passes(role({ arn: OWN, userName: own }), 'CONFIG_MAP', guardrails)).toBe(true);
      expect(passes(role({ arn: OWN }), 'API', guardrails)).toBe(true);
      expect(
        passes(role({ arn: `${OWN.replace('foo', 'team/FOO')}`, userName: own }), 'CONFIG_MAP', guardrails),
      ).toBe(true);
      const alice = parseProperties('Custom::EksMapUsersEntry', {
        ServiceToken: 'x',
        Cluster: 'my-cluster',
        UserArn: 'arn:aws:iam::111122223333:user/team/alice',
        UserName: 'arn:aws:iam::111122223333:user/alice',
      });
      expect(passes(alice, 'CONFIG_MAP', guardrails)).toBe(true);
    }
  });

  it('patterns narrow the names, and give ARNs only when they begin with arn: themselves', () => {
    const named = (userName: string, userNames: string[]): boolean =>
      passes(role({ arn: OWN, userName }), 'CONFIG_MAP', { userNames });
    expect(named('team-a', ['team-*'])).toBe(true);
    expect(named('alice', ['team-*'])).toBe(false);
    expect(named('alice', [])).toBe(false);
    expect(named(BOSS, ['arn:aws:sts::111122223333:assumed-role/Boss/*'])).toBe(true);
    expect(named('cfn-eks-access-2', ['cfn-eks-access-*'])).toBe(true);
    expect(named('system:admin', ['system:*'])).toBe(false);
  });
});

describe('principals of other accounts', () => {
  const entry = (RoleArn: string): DesiredAccess =>
    parseProperties('Custom::EksMapRolesEntry', { ServiceToken: 'x', Cluster: 'my-cluster', RoleArn });
  it.each([
    'arn:aws:iam::999999999999:role/x',
    'arn:aws:sts::999999999999:assumed-role/x/y',
    'arn:aws:iam::999999999999:role/role/111122223333/x',
  ])('%s is refused', (arn) => {
    expect(modesThatPass(entry(arn))).toEqual([]);
  });
  it('an ARN inside a path is no other account', () => {
    const desired = entry('arn:aws:iam::111122223333:role/x:arn:aws:iam::999999999999:role/y');
    expect(desired.principal).toMatchObject({ accountId: ACCOUNT });
  });
});
