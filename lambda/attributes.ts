/** What `Fn::GetAtt` gives: the same keys on every Create and Update, all strings (CR-10). Pure. */
import { type ClusterFacts, type PutOutcome } from '../access/back-end';
import { type Attributes } from '../access/contract';
import { type DesiredAccess } from '../access/desired-access';
import { type Placement } from '../access/placement';
import { defaultUserName } from '../access/principal';

export function attributesOf(
  { principal }: DesiredAccess,
  { backEnd }: Placement,
  { partition }: ClusterFacts,
  outcome: Pick<PutOutcome, 'userName' | 'groups' | 'accessEntryArn' | 'adopted'>,
): Attributes {
  return {
    PrincipalArn:
      principal.type === 'account' ? `arn:${partition}:iam::${principal.accountId}:root` : principal.arn,
    UserName: outcome.userName,
    Groups: outcome.groups.join(','),
    AuthenticationMode: backEnd.place,
    AccessEntryArn: outcome.accessEntryArn,
    Adopted: String(outcome.adopted),
  };
}

/** The attributes as long as they can become: what the answer must have room for before anything is changed. */
export function expectedAttributes(
  desired: DesiredAccess,
  placement: Placement,
  cluster: ClusterFacts,
): Attributes {
  const { effective } = placement;
  const { principal } = desired;
  const userName = effective.userName ?? (principal.type === 'account' ? '' : defaultUserName(principal));
  return attributesOf(desired, placement, cluster, { ...effective, userName, adopted: false });
}
