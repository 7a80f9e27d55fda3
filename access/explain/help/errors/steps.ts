/** Steps that several errors have. Data. */

export const WHO =
  'Who asks: aws sts get-caller-identity, with the profile that kubectl config view --minify names.';
export const LETS_IN =
  'Whether the cluster lets this ARN in: eks-access explain ARN aws-auth.yaml, or eks-access explain --me --cluster NAME.';
