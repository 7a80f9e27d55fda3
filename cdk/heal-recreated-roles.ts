/** Whether and how the provider looks for roles that were deleted and made again under their names. */

/** What becomes of the access entry of a role that was deleted and made again: EKS binds it to the deleted one. */
export enum HealRecreatedRoles {
  /** The schedule makes the entry again, and so does an Update of its resource. */
  HEAL = 'true',
  /** The schedule tells it; an Update of its resource makes the entry again. */
  REPORT = 'report',
  /** IAM is not asked. */
  OFF = 'false',
}
