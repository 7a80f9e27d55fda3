/** What `Fn::GetAtt` gives: the same keys on every Create and Update, all strings (CR-10). Pure. */
import { type Attributes } from '../access/contract';
import { defaultUserName } from '../access/principal';
import { type Placement } from '../access/placement';
import { type DesiredAccess } from '../access/desired-access';
import { type PutOutcome } from '../access/back-end';

interface ClusterName {
  readonly name: string;
  readonly partition: string;
  readonly accountId: string;
}

export function attributesOf(
  desired: DesiredAccess,
  placement: Placement,
  cluster: ClusterName,
  outcome: Pick<PutOutcome, 'userName' | 'groups' | 'accessEntryArn' | 'adopted'>,
): Attributes {
  return {
    PrincipalArn: principalArnOf(desired, cluster),
    UserName: outcome.userName,
    Groups: outcome.groups.join(','),
    AuthenticationMode: placement.place,
    AccessEntryArn: outcome.accessEntryArn,
    Adopted: String(outcome.adopted),
  };
}

/** The attributes as long as they can become: what the answer must have room for before anything is changed. */
export function expectedAttributes(
  desired: DesiredAccess,
  placement: Placement,
  cluster: ClusterName,
  region: string,
): Attributes {
  const { principal } = desired;
  const name = principal.type === 'account' ? '' : principal.name;
  const uuid = '00000000-0000-0000-0000-000000000000';
  const mapping =
    placement.place === 'API'
      ? { userName: placement.entry.username ?? fallbackUserName(desired), groups: placement.entry.groups }
      : placement.mapping.section === 'mapAccounts'
        ? { userName: '', groups: [] }
        : { userName: placement.mapping.username, groups: placement.mapping.groups };
  const entryArn = `arn:${cluster.partition}:eks:${region}:${cluster.accountId}:access-entry/${cluster.name}/role/${principal.accountId}/${name}/${uuid}`;
  return attributesOf(desired, placement, cluster, {
    ...mapping,
    accessEntryArn: placement.place === 'API' ? entryArn : '',
    adopted: false,
  });
}

function fallbackUserName({ principal }: DesiredAccess): string {
  return principal.type === 'account' ? '' : defaultUserName(principal);
}

function principalArnOf({ principal }: DesiredAccess, { partition }: ClusterName): string {
  return principal.type === 'account' ? `arn:${partition}:iam::${principal.accountId}:root` : principal.arn;
}
