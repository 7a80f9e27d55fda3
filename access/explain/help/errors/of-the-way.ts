/** Errors on the way to the cluster: credentials, tokens and kubeconfigs. Data; the first that fits is meant. */
import { type ErrorHelp } from './error-help';
import { WHO } from './steps';

export const OF_THE_WAY: readonly ErrorHelp[] = [
  {
    shape: /AssumeRoleWithWebIdentity|InvalidIdentityToken|OpenIDConnect provider/i,
    meaning: 'STS refuses the role to the token of a pipeline or pod: the cluster was not asked.',
    look: [
      'Whether the account has the OIDC provider of the issuer: aws iam list-open-id-connect-providers.',
      'Whether the trust policy of the role has the sub and aud of the token: aws iam get-role --role-name NAME.',
    ],
    rules: [],
  },
  {
    shape: /GetRoleCredentials/i,
    meaning:
      'IAM Identity Center does not give the caller this role, so that there is no token: the cluster was not asked.',
    look: [
      'Whether the permission set is assigned to them in that account: sso_account_id and sso_role_name of the profile.',
      WHO,
    ],
    rules: [],
  },
  {
    shape: /MultiFactorAuthentication|\bMFA\b/i,
    meaning:
      'STS wants, or refuses, the code of a second factor, so that there is no token: the cluster was not asked.',
    look: ['mfa_serial of the profile, and the clock of the device.', WHO],
    rules: [],
  },
  {
    shape:
      /getCallerIdentity failed|expected 200, got|SignatureDoesNotMatch|Signature(?: not yet current|.{0,20}expired)/i,
    meaning: 'STS does not take the token that came with the request.',
    look: [
      'The clock of the machine, and the age of the token: it lives for 15 minutes.',
      'Whether the keys are still valid: aws sts get-caller-identity.',
    ],
    rules: [],
  },
  {
    shape: /config profile \([^)]*\) could not be found|must specify a region|ProfileNotFound|NoRegion/i,
    meaning: 'The AWS CLI lacks a profile or a Region, so that there is no token: no mapping is the cause.',
    look: ['AWS_PROFILE and AWS_REGION in the shell, and under exec.env of the kubeconfig.'],
    rules: [],
  },
  {
    shape:
      /executable \S+ (?:not found|failed with exit code)|exec: "[^"]+": executable file not found|getting (?:credentials|token): (?:exec: |decoding stdout: (?!no kind))|could not get token/i,
    meaning: 'The command of the kubeconfig that makes the token failed: the cluster was not asked.',
    look: [
      'The error of that command alone: aws eks get-token --cluster-name NAME, with the profile of the kubeconfig.',
      'Whether it is installed where kubectl runs, for that machine, and prints nothing else: kubectl config view --minify names it.',
      WHO,
    ],
    rules: [],
  },
  {
    shape: /No cluster found for name/i,
    meaning: 'There is no such cluster in the account and Region that were asked.',
    look: ['aws eks list-clusters --region REGION.', WHO],
    rules: [],
  },
  {
    shape:
      /connection to the server localhost|http:\/\/localhost|127\.0\.0\.1:80(?:80)?\b|\[::1\]:80|no configuration has been provided|context "[^"]*" does not exist|loading config file/i,
    meaning: 'There is no kubeconfig of the cluster where it is looked for: the cluster was not asked.',
    look: [
      'aws eks update-kubeconfig --name NAME; then kubectl config current-context, and KUBECONFIG in the shell.',
      'In Terraform and Helm: the provider gets host, certificate and token of a cluster that exists before it runs.',
    ],
    rules: [],
  },
];
