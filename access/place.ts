/** Where a mapping lives: in aws-auth, or among the access entries of the EKS API. */
export type Place = 'CONFIG_MAP' | 'API';
