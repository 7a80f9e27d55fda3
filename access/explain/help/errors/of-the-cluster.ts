/** Errors of kubectl, the API server and nodes. Data; the first that fits is meant. */
import { type ErrorHelp } from './error-help';
import { LETS_IN, WHO } from './steps';

export const OF_THE_CLUSTER: readonly ErrorHelp[] = [
  {
    shape: /^\s*kind: Config\s*$|\bexec:[^]*get-token/m,
    meaning: 'This is a kubeconfig: the principal of AWS_PROFILE asks, or the role after --role-arn or -r.',
    look: [WHO, LETS_IN],
    rules: [],
  },
  {
    shape: /Pod execution role is not found in auth config/i,
    meaning: 'The pod execution role of the Fargate profile has no entry by which pods can start.',
    look: [
      'In aws-auth: user name system:node:{{SessionName}}, groups system:bootstrappers, system:nodes and system:node-proxier.',
      'As an access entry: type FARGATE_LINUX. One that is older than its role is of no use.',
    ],
    rules: ['node-groups-incomplete', 'node-mapping-missing', 'role-arn-path', 'stale-principal'],
  },
  {
    shape:
      /i\/o timeout|no such host|connection refused|deadline exceeded|Client\.Timeout|TLS handshake timeout/i,
    meaning: 'The API server was not reached: no mapping is the cause.',
    look: [
      'Whether the endpoint is private, or limited to some addresses: aws eks describe-cluster --name NAME --query cluster.resourcesVpcConfig.',
      'Whether it is this cluster: server in kubectl config view --minify against --query cluster.endpoint.',
    ],
    rules: [],
  },
  {
    shape: /x509|certificate signed by unknown authority/i,
    meaning: 'Something else answers than the cluster that the kubeconfig means: no mapping is the cause.',
    look: [
      'aws eks update-kubeconfig --name NAME, when the cluster was made again; or a proxy that opens TLS.',
    ],
    rules: [],
  },
  {
    shape: /invalid apiVersion|plugin returned version|exec plugin|no kind "ExecCredential"/i,
    meaning:
      'kubectl and the command of the kubeconfig that makes the token do not fit: no mapping is the cause.',
    look: ['A new AWS CLI, then aws eks update-kubeconfig --name NAME.'],
    rules: [],
  },
  {
    shape: /system:anonymous/i,
    meaning: 'The request came without a token, so that the cluster took it for nobody.',
    look: [
      'Whether the user of the kubeconfig has an exec command: kubectl config view --minify; aws eks update-kubeconfig writes one.',
      'A proxy, or a client that knows no exec commands, may drop the token.',
    ],
    rules: [],
  },
  {
    shape: /system:serviceaccount:/i,
    meaning: 'A pod asked as its service account: IAM, aws-auth and access entries have no part in it.',
    look: [
      'A RoleBinding with kind: ServiceAccount for it.',
      'To ask as an IAM role instead, a pod needs a kubeconfig with aws eks get-token, and the role an entry.',
    ],
    rules: [],
  },
  {
    shape: /User "system:node:/i,
    meaning: 'The request was made as a node: kubectl used the role of the instance.',
    look: [
      'On a machine where people work, another profile, or an instance role with an entry of its own.',
      WHO,
    ],
    rules: ['node-username-on-person', 'duplicate-shadowed'],
  },
  {
    shape: /User \\?"\\?" cannot/i,
    meaning: 'Logging in worked, and the entry gives an empty user name.',
    isLoggedIn: true,
    look: ['Which entry has none: eks-access doctor aws-auth.yaml.'],
    rules: ['username-missing', 'username-not-a-string'],
  },
  {
    shape: /RBAC: (?:cluster)?role\S* "[^"]+" not found/i,
    meaning: 'Logging in worked, and a binding of the caller names a role that does not exist.',
    isLoggedIn: true,
    look: ['Which one: eks-access explain ARN aws-auth.yaml --rbac rbac.yaml.'],
    rules: ['binding-without-role'],
  },
  {
    shape: /attempting to grant|permissions not currently held/i,
    meaning: 'Logging in worked, and Kubernetes lets nobody give rights that they do not have.',
    isLoggedIn: true,
    look: [
      'Full control gives them: system:masters in aws-auth, or AmazonEKSClusterAdminPolicy (AmazonEKSAdminPolicy is less).',
      'Else RBAC has to give the verbs bind or escalate on the role.',
    ],
    rules: ['entry-without-rights'],
  },
  {
    shape: /cannot impersonate/i,
    meaning: 'Logging in worked, and --as needs the right to impersonate, which RBAC does not give here.',
    isLoggedIn: true,
    look: ['Ask as yourself: kubectl auth can-i VERB RESOURCE, and kubectl auth whoami.'],
    rules: ['group-bound-nowhere'],
  },
  {
    shape: /Metrics API not available|metrics not available/i,
    meaning: 'metrics-server is not there, or refuses the caller.',
    look: [
      'kubectl get apiservice v1beta1.metrics.k8s.io.',
      'An entry without a user name is let in by Kubernetes, and refused by metrics-server.',
    ],
    rules: ['username-missing'],
  },
  {
    shape: /\(Forbidden\)|is forbidden: User|cannot \w+ resource/i,
    meaning: 'Logging in worked: the user name in the error is known, and RBAC refuses what it asked for.',
    isLoggedIn: true,
    look: [
      'Which entry gives this user name, and which groups with it: eks-access list aws-auth.yaml.',
      'What the groups are bound to: eks-access explain ARN aws-auth.yaml --rbac rbac.yaml; of access policies: eks-access policies NAME.',
    ],
    rules: ['group-bound-nowhere', 'group-misspelt', 'groups-not-a-list', 'entry-without-rights'],
  },
  {
    shape:
      /must be logged in|asked for the client to provide credentials|Unauthorized|(?:identity|ARN) is not mapped|have a resource type/i,
    meaning: 'The cluster does not know the caller by the credentials that came with the request.',
    look: [
      WHO,
      LETS_IN,
      'Whether it is this cluster: server in kubectl config view --minify against aws eks describe-cluster --name NAME --query cluster.endpoint.',
      'Whether it made the cluster: where nothing else was set up, only who did gets in (CreateCluster in CloudTrail).',
      'A role that was deleted and made again needs a new access entry, and a cluster in mode API does not read aws-auth.',
    ],
    rules: [
      'role-arn-path',
      'principal-never-matches',
      'section-unparsable',
      'ignored-in-mode-api',
      'stale-principal',
    ],
  },
];
