/** The words that mappings take where the template takes one of several. */

/** What to do when another stack, a person or another tool has already mapped the principal. */
export enum ExistingEntry {
  /** Fail and name the owner. */
  FAIL = 'FAIL',
  /** Take over; Delete and rollback put back what was there. */
  ADOPT = 'ADOPT',
  /** Take over; Delete removes it. */
  REPLACE = 'REPLACE',
}

/** Where a mapping lives. */
export enum MappingAuthenticationMode {
  /** Follow the cluster. */
  AUTO = 'AUTO',
  /** In aws-auth. */
  CONFIG_MAP = 'CONFIG_MAP',
  /** As an access entry. */
  API = 'API',
}

/** Type of an access entry. */
export enum EntryType {
  /** People and programs. */
  STANDARD = 'STANDARD',
  /** Self-managed Linux nodes. */
  EC2_LINUX = 'EC2_LINUX',
  /** Self-managed Windows nodes. */
  EC2_WINDOWS = 'EC2_WINDOWS',
  /** Fargate pods. */
  FARGATE_LINUX = 'FARGATE_LINUX',
  /** Hybrid nodes. */
  HYBRID_LINUX = 'HYBRID_LINUX',
  /** Nodes of EKS Auto Mode. */
  EC2 = 'EC2',
  /** SageMaker HyperPod nodes. */
  HYPERPOD_LINUX = 'HYPERPOD_LINUX',
}
