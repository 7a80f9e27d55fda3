/** Permission sets of IAM Identity Center that are provisioned, and provisioned anew, in an account with a cluster. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { given, type Followed, PROVIDER } from '../following/followed';
import { deployProvider } from '../../../../local/demo/provider';
import { type ProviderTemplateOptions } from '../../../../local/demo/provider-template';

const REAL = 'aws-reserved/sso.amazonaws.com/eu-west-1';

/** With the digits at its end. */
export const setRole = (set: string, digits: string): string =>
  `arn:aws:iam::111122223333:role/${REAL}/AWSReservedSSO_${set}_${digits.padStart(16, '0')}`;

export interface SetWorld extends Followed {
  /** The role of the set is there from now on; any former ones are gone. */
  provision(set: string, digits: string): string;
  /** Beside the one that is there. */
  provisionAnother(set: string, digits: string): string;
  withdraw(set: string): void;
  /** What a role, as IAM names it, gives at login. */
  gives(arn: string): string;
  /** Principals of access entries whose name is that of a permission set's role. */
  entries(): readonly string[];
  denyIam(): void;
}

export async function givenSets(
  mode: AuthenticationMode,
  options: ProviderTemplateOptions = {},
): Promise<SetWorld> {
  const world = await given(mode, options);
  const { aws, cluster } = world.session;
  const roles = new Map<string, string[]>();
  const withdraw = (set: string): void => {
    for (const arn of roles.get(set) ?? []) aws.iam.removePrincipal(arn);
    roles.delete(set);
  };
  const provisionAnother = (set: string, digits: string): string => {
    const arn = setRole(set, digits);
    aws.iam.addPrincipal(arn);
    roles.set(set, [...(roles.get(set) ?? []), arn]);
    return arn;
  };
  return {
    ...world,
    withdraw,
    provisionAnother,
    provision: (set, digits) => {
      withdraw(set);
      return provisionAnother(set, digits);
    },
    gives: (arn) => {
      const login = cluster.loginAs(arn, 'jane');
      return login ? `${login.username} by ${login.source}` : 'nothing';
    },
    entries: () =>
      cluster
        .accessEntries()
        .map(({ principalArn }) => principalArn)
        .filter((arn) => arn.includes('AWSReservedSSO_')),
    denyIam: () => aws.controlPlane.setAuthorize((_, action) => !action.startsWith('iam:')),
  };
}

export async function deployAgain(world: SetWorld, options: ProviderTemplateOptions): Promise<void> {
  await deployProvider(world.session.aws, { functionName: PROVIDER, ...options });
}

/** A Custom::EksMapRolesEntry of a set. */
export function ofSet(PermissionSet: string, more: object = {}): object {
  return {
    Type: 'Custom::EksMapRolesEntry',
    Properties: {
      ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
      Cluster: 'my-cluster',
      PermissionSet,
      UserName: 'x',
      Groups: ['team-a'],
      ...more,
    },
  };
}

/** A Custom::EksAccessEntry of a set. */
export function entryOfSet(PermissionSet: string, more: object = {}): object {
  return {
    Type: 'Custom::EksAccessEntry',
    Properties: {
      ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
      ClusterName: 'my-cluster',
      PermissionSet,
      Username: 'x',
      KubernetesGroups: ['team-a'],
      ...more,
    },
  };
}
