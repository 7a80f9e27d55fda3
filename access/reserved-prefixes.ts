/** Names that belong to Kubernetes, EKS and AWS themselves. */

/** Prefixes that user names and groups of access entries may not begin with; the list is closed (GT-84, GT-86). */
export const RESERVED_PREFIXES = ['system:', 'eks:', 'aws:', 'amazon:', 'iam:'] as const;
