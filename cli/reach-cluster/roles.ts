/**
 * When IAM roles were made that access entries name, and which roles IAM Identity Center has: only of the account of the
 * cluster, because a name says nothing about another account.
 */
import { GetRoleCommand, ListRolesCommand, type Role } from '@aws-sdk/client-iam';
import { type SeenRole } from '../../access/explain/seen-cluster';
import { atMost } from './at-most';
import { isNamed, whyOf } from './refusal';
import { type Session, within } from './session';

const AT_ONCE = 8;
const OF_IDENTITY_CENTER = '/aws-reserved/sso.amazonaws.com/';

export type Roles = readonly SeenRole[] | { readonly why: string };

export interface RolesAsked {
  /** ARNs of any kind and account. */
  readonly principals: readonly string[];
  /** Of the cluster. */
  readonly accountId: string;
  /** Whether roles of permission sets matter. */
  readonly ofSets: boolean;
}

export async function readRoles(
  { principals, accountId, ofSets }: RolesAsked,
  session: Session,
): Promise<Roles> {
  const names = new Set(
    principals.flatMap((arn) => {
      const [, account, name = ''] = /^arn:[^:]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
      return account === accountId && !name.startsWith('AWSReservedSSO_') ? [name] : [];
    }),
  );
  try {
    return await within(session, async (signal) => {
      const found = await atMost(AT_ONCE, [...names], (name) => roleOf(name, session, signal));
      return [...found.flat(), ...(ofSets ? await rolesOfIdentityCenter(session, signal) : [])];
    });
  } catch (error) {
    return { why: whyOf(error, 'iam:GetRole on the roles of this account, and iam:ListRoles') };
  }
}

async function roleOf(
  RoleName: string,
  { iam }: Session,
  abortSignal: AbortSignal,
): Promise<readonly SeenRole[]> {
  try {
    const { Role: role } = await iam.send(new GetRoleCommand({ RoleName }), { abortSignal });
    return seenOf(role);
  } catch (error) {
    if (isNamed(error, 'NoSuchEntityException') || isNamed(error, 'NoSuchEntity')) return [];
    throw error;
  }
}

async function rolesOfIdentityCenter(
  { iam }: Session,
  abortSignal: AbortSignal,
): Promise<readonly SeenRole[]> {
  const found: SeenRole[] = [];
  for (let Marker: string | undefined; ;) {
    const command = new ListRolesCommand({ PathPrefix: OF_IDENTITY_CENTER, MaxItems: 1000, Marker });
    const page = await iam.send(command, { abortSignal });
    for (const role of page.Roles ?? []) found.push(...seenOf(role));
    // A page may be short, or empty, and not be the last one.
    if (page.IsTruncated !== true || page.Marker === undefined) return found;
    Marker = page.Marker;
  }
}

function seenOf(role: Role | undefined): readonly SeenRole[] {
  return role?.Arn === undefined ? [] : [{ arn: role.Arn, createDate: role.CreateDate }];
}
