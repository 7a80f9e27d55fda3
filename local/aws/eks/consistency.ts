/** What callers of EKS and IAM do not see at once. */

/** How eventual the consistency is, in numbers of calls. May be changed at any time. */
export interface Consistency {
  /** How many AssociateAccessPolicy calls after a Create answer 404 (GT-110). Default 0. */
  associateMisses: number;
  /** How many AssociateAccessPolicy calls are accepted and come to nothing. Default 0. */
  lostAssociations: number;
  /** How many ListAssociatedAccessPolicies calls after an association show what was there before it. Default 0. */
  associationReads: number;
  /** How many reads see an update, a creation or a deletion still going on (GT-105). Default 1. */
  updateReads: number;
  /**
   * How many reads of the cluster, its updates or its entries after entries came into force do not see EKS's own entries
   * yet, those of the creator, of managed node groups and of Fargate (GT-106). Default 0.
   */
  ownEntryReads: number;
  /** Roles on one page of IAM's ListRoles at most, fewer than it is asked for. Default 1,000. */
  rolesPerPage: number;
}

export const CONSISTENT: Consistency = {
  associateMisses: 0,
  lostAssociations: 0,
  associationReads: 0,
  updateReads: 1,
  ownEntryReads: 0,
  rolesPerPage: 1_000,
};
