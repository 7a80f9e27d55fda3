/** The help of the command line as a whole. */
export const USAGE = `Who gets into an EKS cluster, as whom, and why not: from the aws-auth ConfigMap and access entries.
It reads files and stdin, and asks no network unless --cluster names a cluster. It changes nothing without --approve.

  eks-access list [FILE]                who can log in, and which entries are not in force
  eks-access explain PRINCIPAL [FILE]   whether one role or user gets in, and why or why not
  eks-access explain --me [FILE]        the same of the caller of AWS, asked of STS
  eks-access doctor [FILE]              what is wrong, line by line, and what to write instead
  eks-access plan-migration [FILE]      who keeps access without aws-auth, and the access entries for it
  eks-access migrate --cluster NAME     the steps of the move; with --approve DIGEST it takes them
  eks-access recover [FILE]             what to do when nobody gets in, and the fixed aws-auth
  eks-access policies [NAME]            what each access policy of EKS, and of our named rights, allows
  eks-access drift --cluster NAME       what became of the mappings that stacks declare, and orphans
  eks-access replay [--approve]         the events that the provider never answered, and runs them again
  eks-access iam-policy --guardrails FILE --account ID --region REGION
                                        the IAM policy of a role that may do what the guardrails allow
  eks-access page                       where the page is that shows the same in a browser, without a network
  eks-access help [RULE|ERROR]          this, what a rule of doctor means, or what an error that you were told means
  eks-access --version

FILE is aws-auth as kubectl get -o yaml or -o json prints it; - or nothing is stdin. PRINCIPAL is an ARN, role/NAME,
user/NAME (with one * where it fits one name), or - for the output of aws sts get-caller-identity on stdin.

  --access-entries FILE   JSON that aws eks describe-access-entry prints, one after another or in a list;
                          what aws eks list-associated-access-policies prints may be among it
  --rbac FILE             what kubectl get clusterrolebindings,rolebindings -A prints as YAML or JSON, with
                          clusterroles,roles beside where you like; may be given several times; live: what the
                          cluster of --cluster has
  --mode MODE             the cluster's authentication mode: CONFIG_MAP, API_AND_CONFIG_MAP or API
  --cluster NAME          looks at this cluster as it runs; a FILE takes the place of what it holds
  --region, --profile     of AWS, as the AWS CLI takes them
  --kubeconfig FILE       reaches the Kubernetes API as this file says, and not by a token of your AWS credentials;
                          --context NAME: not by its current context
  --iam                   asks IAM as well when the roles of access entries were made (doctor: stale-principal)
  --timeout SECONDS       of each source by itself (10 without it)
  --json, --plain         JSON; one record a line, separated by tabs
  --no-color              no colours (nor where NO_COLOR is set, or the output is no terminal)
  --no-pager              not by $PAGER or less, which show what is longer than the screen

Of doctor:
  --fix                   prints the document with what can be fixed while nobody gains access
  --fix-grants            also what lets a principal in, or gives it more
  --ignore RULE           leaves a rule out
  --fail-on LEVEL         exit code 1 from this level on: error (without it), warn, info, never
  --format github         annotations for GitHub Actions
  --format sarif          a SARIF 2.1.0 log, for code scanning

Of iam-policy:
  --node-role ARN         a node role that may be passed to EKS; may be given several times
  --cluster-role ARN      a role as which clusters are reached; may be given several times
  --partition NAME        aws, aws-cn, …: that of the Region without it

Of plan-migration:
  --to TOOL               prints the access entries for cloudformation (with this product's provider),
                          cloudformation-native, cli (the AWS CLI) or terraform
  --include LINE|ARN      also what an entry asks for that does not work today, or not as it is written
  --as-written            all of these

Of migrate (beside --include and --as-written):
  --approve DIGEST        takes the steps of the plan of this digest, and goes on where a run was stopped
  --bake MINUTES          then takes lines out of aws-auth once the newest access entry is so old; without it they stay
  --approve-api DIGEST    changes the mode to API, where nobody would lose access
  --undo                  takes back what the run of --approve has made
  --dry-run               tells the steps, and takes none (as without --approve)
  --save FILE             saves aws-auth as it is in a new file first
  --wait MINUTES          for updates of the cluster (25 without it)

Of recover:
  --admin ARN             who is to get in: the commands name it; with --approve it is made an administrator
  --for TIME              until when: 15m to 7d (2h without it); the provider's schedule ends it
  --approve               does it, and says each step before; without it nothing is changed
  --change-mode           also changes mode CONFIG_MAP to API_AND_CONFIG_MAP, which cannot go back
  --fix                   prints the fixed aws-auth alone

Of drift:
  --stack PATTERN         stacks of these names (* and ?), also those that have no record on the cluster
  --fix                   prints the patch that takes orphans out of aws-auth

Of replay (asks CloudFormation, Lambda and SQS of your account):
  --function NAME|ARN     the function of the provider; without it, the one that its stack exports
  --approve               invokes it with each event, and deletes those that it has taken
  --discard ID            deletes this message without running it; may be given several times

Exit codes: 0 nothing found, or YES; 1 found, or NO; 2 could not look, or CANNOT SAY.

  kubectl get configmap aws-auth -n kube-system -o yaml | eks-access doctor
  eks-access explain role/dev aws-auth.yaml
  eks-access list --cluster prod
`;
