/** What the EKS API shows of one principal, in no back end's words. Pure. */
import { PROVIDER_GROUP } from '../contract';
import { describeGives, identityOf } from '../login-identity';
import { isAdopted } from '../ownership-record';
import { type Protected, type Sighting } from '../sighting';
import { type CurrentAccessEntry } from './access-entry';
import { readRecord, saysNeverInAwsAuth } from './owner-tags';
import { isStandard } from './plan';

export function sightingOf(current: CurrentAccessEntry | undefined): Sighting {
  const record = current && readRecord(current.tags);
  return {
    place: 'API',
    owner: record?.owner,
    at: record?.at,
    isAdopted: record !== undefined && isAdopted(record),
    isMarked: current !== undefined && saysNeverInAwsAuth(current.tags),
    entry: current && { protects: protectionOf(current), ...whatIsGivenBy(current) },
  };
}

/** A type of its own is what lets nodes join; the group is what lets the provider edit aws-auth. */
function protectionOf(current: CurrentAccessEntry): Protected | undefined {
  if (current.groups.includes(PROVIDER_GROUP)) return 'provider';
  return isStandard(current) ? undefined : 'node';
}

function whatIsGivenBy({
  username,
  groups,
  policies,
  type,
}: CurrentAccessEntry): Pick<NonNullable<Sighting['entry']>, 'identity' | 'gives'> {
  const access = { userName: username, groups, policies, type };
  return { identity: identityOf(access), gives: describeGives(access) };
}
