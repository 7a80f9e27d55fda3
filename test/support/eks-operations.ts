/** How a request to the EKS API shows which operation it is: by method and path. */
export const EKS_OPERATIONS = {
  DescribeCluster: /^GET \/clusters\/[^/]+$/,
  DescribeAccessEntry: /^GET \S+\/access-entries\/[^/]+$/,
  CreateAccessEntry: /^POST \S+\/access-entries$/,
  UpdateAccessEntry: /^POST \S+\/access-entries\/[^/]+$/,
  DeleteAccessEntry: /^DELETE \S+\/access-entries\/[^/]+$/,
  AssociateAccessPolicy: /^POST \S+\/access-policies$/,
  ListAssociatedAccessPolicies: /^GET \S+\/access-policies$/,
  DisassociateAccessPolicy: /^DELETE \S+\/access-policies\/[^/]+$/,
  TagResource: /^POST \/tags\//,
  UntagResource: /^DELETE \/tags\//,
};

export type EksOperation = keyof typeof EKS_OPERATIONS;
