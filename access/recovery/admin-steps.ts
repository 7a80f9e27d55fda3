/** What makes a principal an administrator for a time, through the EKS API, from what is there. Pure. */
import { recordTags } from '../access-entry/owner-tags';
import { noAccessEntries } from '../authentication-mode/platform';
import { type ClusterPlatform } from '../authentication-mode/port';
import { TAGS } from '../contract';
import { type AuthenticationMode } from '../desired-access';
import { hasFullControl } from '../explain/full-control';
import { type SeenAccessEntry } from '../explain/seen-cluster';
import { type Owner } from '../owner';
import { principalKeyOf } from '../principal-key';

/** Of the records of what it makes (`isOfCli`). */
export const CLI_OWNER: Owner = { stackId: 'cli', logicalId: 'recover' };

export interface AdminFacts {
  readonly cluster: string;
  readonly partition: string;
  readonly mode: AuthenticationMode;
  readonly platform: ClusterPlatform;
  readonly principalArn: string;
  /** Of the principal; undefined: it has none. */
  readonly entry: SeenAccessEntry | undefined;
  /** ARNs of those of managed nodes and Fargate, as far as they could be read. */
  readonly nodeRoles: readonly string[];
  /** In milliseconds since 1970. */
  readonly until: number;
  readonly mayChangeMode: boolean;
}

/** `says`: one clause for people, before it is done. */
export type AdminStep = { readonly says: string } & (
  | { readonly do: 'change mode' }
  | { readonly do: 'create' | 'tag'; readonly tags: Readonly<Record<string, string>> }
  | { readonly do: 'associate'; readonly policyArn: string }
);

export type AdminSteps =
  | { readonly steps: readonly AdminStep[] }
  /** One sentence, and what to do instead. */
  | { readonly refused: string; readonly hint: string };

/** No steps: the principal is an administrator already. After a change of the mode they are to be asked for again. */
export function adminSteps(facts: AdminFacts): AdminSteps {
  const { cluster, mode, platform, mayChangeMode, nodeRoles, principalArn } = facts;
  if (nodeRoles.some((arn) => principalKeyOf(arn) === principalKeyOf(principalArn)))
    return {
      refused: `${principalArn} is a role of the nodes of ${cluster}: as an administrator its nodes could not join.`,
      hint: 'Name a role of people by --admin.',
    };
  if (mode !== 'CONFIG_MAP') return entrySteps(facts);
  const never = noAccessEntries(platform);
  if (never !== undefined)
    return { refused: `Cluster ${cluster} ${never}.`, hint: 'eks-access recover lists the other ways.' };
  if (!mayChangeMode)
    return {
      refused: `Cluster ${cluster} is in mode CONFIG_MAP, in which EKS takes no access entries.`,
      hint: '--change-mode changes it to API_AND_CONFIG_MAP first. It cannot go back; aws-auth is read as before.',
    };
  const says = `change the mode of ${cluster} from CONFIG_MAP to API_AND_CONFIG_MAP (eks:UpdateClusterConfig), which cannot go back`;
  return { steps: [{ do: 'change mode', says }, ...newEntry(facts)] };
}

function newEntry(facts: AdminFacts): readonly AdminStep[] {
  const { cluster, principalArn } = facts;
  const says = `make an access entry for ${principalArn} on ${cluster} until ${endOf(facts)} (eks:CreateAccessEntry, eks:TagResource)`;
  return [{ do: 'create', tags: tagsOf(facts), says }, association(facts)];
}

function entrySteps(facts: AdminFacts): AdminSteps {
  const { cluster, principalArn, entry } = facts;
  if (entry === undefined) return { steps: newEntry(facts) };
  const isOurs = entry.tags?.[TAGS.owner] === recordTags({ owner: CLI_OWNER })[TAGS.owner];
  const isAdmin = hasFullControl({ ...entry, userName: entry.username, policies: entry.policies ?? [] });
  if (isOurs) {
    const says = `let the access entry of ${principalArn} end at ${endOf(facts)} (eks:TagResource)`;
    return {
      steps: [{ do: 'tag', tags: tagsOf(facts), says }, ...(isAdmin ? [] : [association(facts)])],
    };
  }
  if (isAdmin) return { steps: [] };
  return {
    refused: `${principalArn} has an access entry on ${cluster} that was not made by recover (type ${entry.type}), and it is not changed.`,
    hint: 'Name another role by --admin: one that has no access entry.',
  };
}

function endOf({ until }: AdminFacts): string {
  return new Date(until).toISOString();
}

function tagsOf(facts: AdminFacts): Readonly<Record<string, string>> {
  return recordTags({ owner: CLI_OWNER, more: { expires: endOf(facts) } });
}

function association({ partition }: AdminFacts): AdminStep {
  return {
    do: 'associate',
    policyArn: `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
    says: `give it AmazonEKSClusterAdminPolicy for the whole cluster (eks:AssociateAccessPolicy)`,
  };
}
