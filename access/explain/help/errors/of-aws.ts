/** Errors of the AWS CLI, STS, the EKS API and the console. Data; the first that fits is meant. */
import { type ErrorHelp } from './error-help';
import { LETS_IN, WHO } from './steps';

export const OF_AWS: readonly ErrorHelp[] = [
  {
    shape:
      /is not authorized to perform: sts:AssumeRole\b|calling the AssumeRole\b|not authorized to assume\b/i,
    meaning: 'STS refuses the role, so that there is no token: the cluster was not asked.',
    look: [
      'Whether the trust policy of the role names the caller: aws iam get-role --role-name NAME.',
      'Whether the caller may call sts:AssumeRole on the ARN of the role, with its path.',
      WHO,
    ],
    rules: [],
  },
  {
    shape:
      /ExpiredToken|(?:token|session)[^.]* (?:has |is )?expired|InvalidClientTokenId|UnrecognizedClient/i,
    meaning: 'The credentials of AWS are no longer valid: no mapping is the cause.',
    look: ['aws sso login, or new keys; then aws sts get-caller-identity has to answer.', WHO],
    rules: [],
  },
  {
    shape: /NoCredentialProviders|Unable to locate credentials|NoCredentials/i,
    meaning: 'There are no credentials of AWS, so that there is no token: no mapping is the cause.',
    look: ['AWS_PROFILE in the shell and under exec.env of the kubeconfig.', WHO],
    rules: [],
  },
  {
    shape: /is not authorized to perform: |AccessDeniedException/i,
    meaning: 'IAM refuses a call of AWS: aws-auth and access entries have no part in it.',
    look: [
      'The IAM policies of the ARN that the error names, for the action that it names: aws eks update-kubeconfig needs eks:DescribeCluster, an access entry for nodes iam:PassRole.',
    ],
    rules: [],
  },
  {
    shape: /(?:current (?:user or role|IAM principal)[^.]*|view) Kubernetes objects|eks:AccessKubernetesApi/i,
    meaning: 'The console asks the cluster as the role or user that you are signed in with.',
    look: [
      LETS_IN,
      'Whether its IAM policies allow eks:AccessKubernetesApi.',
      'Whether its groups may list what the console shows, nodes among it: eks-access policies.',
    ],
    rules: ['role-arn-path', 'entry-without-rights', 'group-bound-nowhere'],
  },
  {
    shape: /principalArn (?:is (?:not|invalid)|parameter format|must be)|invalid principal/i,
    meaning: 'EKS finds no role or user of this ARN.',
    look: [
      'The ARN with its path, which access entries need: aws iam get-role --role-name NAME --query Role.Arn.',
      'That it is the ARN of a role (iam, role/NAME) and not of a session (sts, assumed-role/NAME/SESSION).',
    ],
    rules: ['needs-real-arn', 'role-arn-path'],
  },
  {
    shape: /Service Linked Role/i,
    meaning: 'EKS takes no access entries for service-linked roles: only their AWS service makes them.',
    look: ['A role of your own, or aws-auth while the cluster reads it.'],
    rules: ['slr-without-path'],
  },
  {
    shape: /principalArn could not be found/i,
    meaning: 'There is no access entry for this ARN, to which the policy could be given.',
    look: ['aws eks list-access-entries --cluster-name NAME; create-access-entry comes first.'],
    rules: ['entry-without-rights'],
  },
  {
    shape: /authentication mode must be set/i,
    meaning: 'The cluster is in mode CONFIG_MAP, which has no access entries.',
    look: [
      'aws eks update-cluster-config --name NAME --access-config authenticationMode=API_AND_CONFIG_MAP; there is no way back.',
      'eks-access migrate --cluster NAME tells the steps of the whole move.',
    ],
    rules: ['ignored-in-mode-api'],
  },
  {
    shape: /authentication mode update from/i,
    meaning: 'The mode changes one way and one step at a time: CONFIG_MAP, API_AND_CONFIG_MAP, API.',
    look: [
      'In which it is: aws eks describe-cluster --name NAME --query cluster.accessConfig. There is no way back.',
      'eks-access migrate --cluster NAME tells the steps of the whole move.',
    ],
    rules: ['ignored-in-mode-api'],
  },
  {
    shape: /cannot start with "?session/i,
    meaning: 'The user name of an access entry needs text with a colon before {{SessionName}}.',
    look: ['For people: --username dev:{{SessionName}}. For nodes: --type alone, without a user name.'],
    rules: ['cannot-move', 'node-entry-type'],
  },
  {
    shape: /access entry resource is already in use/i,
    meaning: 'The principal has an access entry already.',
    look: [
      'What it gives: aws eks describe-access-entry and aws eks list-associated-access-policies, with --cluster-name and --principal-arn.',
      'aws eks update-access-entry replaces user name and groups. The type cannot be changed: delete it, and create it with the other one.',
      'In CloudFormation, Terraform and eksctl: import it, or take it over (ExistingEntry: ADOPT here).',
    ],
    rules: ['node-entry-type', 'both-places-differ'],
  },
  {
    shape: /cannot start with|must not begin with|not allowed when the type/i,
    meaning:
      'EKS lets nobody give a user name or group that begins with system:, eks:, aws:, amazon: or iam:, and entries of nodes neither.',
    look: [
      'For system:masters: aws eks associate-access-policy with AmazonEKSClusterAdminPolicy and --access-scope type=cluster.',
      'For another group: one of your own, bound to the same role of RBAC. For nodes: --type alone.',
    ],
    rules: ['cannot-move', 'node-entry-type'],
  },
  {
    shape: /with a type of "?STANDARD/i,
    meaning: 'Access policies go to access entries of type STANDARD alone, and this one is for nodes.',
    look: ['A role of its own for people: nodes and people cannot share an entry.'],
    rules: ['node-username-on-person', 'node-entry-type'],
  },
  {
    shape: /policyArn[^.]*(?:not valid|invalid|could not be found|must be set)/i,
    meaning: 'This is no access policy of EKS; policies of IAM are others.',
    look: ['eks-access policies lists them: arn:aws:eks::aws:cluster-access-policy/NAME.'],
    rules: ['entry-without-rights'],
  },
];
