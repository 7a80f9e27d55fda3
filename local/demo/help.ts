/** What `npm start -- --help` and `npm run local -- --help` print. Pure. */
import { MODES } from './command-line';

const world = `  --ssm NAME=VALUE         an SSM parameter that is there. May be repeated
  --export NAME=VALUE      an export of a stack that is not there. May be repeated
  --region REGION          default us-east-1; the partition is that of the region`;

export const START_HELP = `Runs CloudFormation templates with cfn-eks-access on a local AWS: nothing leaves this machine.

  npm start                                  the demonstration: create, update, a failing update, delete
  npm start -- TEMPLATE [TEMPLATE …]         your own template is created and deleted; further ones are updates of it

Options
  --cluster NAME           name of the cluster that is there (default my-cluster)
  --mode MODE              authentication mode of that cluster: ${MODES.join(', ')} (default CONFIG_MAP)
                           and of clusters that your template makes, where a parameter chooses it and is not given
  --parameters K=V [K=V …] parameters of your template
  --aws-auth FILE          the ConfigMap aws-auth to begin with (YAML or JSON, as kubectl get -o yaml prints it)
  --guardrails FILE        what templates may ask for (JSON, docs/reference/guardrails.md); default: everything
  --follow                 once deployed, the cluster moves on, mode by mode, and the provider's schedule runs after each
  --cluster-role NAME=ARN  the role as which the provider reaches this cluster; of the cluster that is there it is the creator.
                           May be repeated
${world}
  --json                   instead of text: JSON Lines, for each step {"step","status","events","outputs","notes",
                           "awsAuth","accessEntries","bindings","clusters"} on a line of its own
  --help                   this text

The account is 111122223333. The provider's service token is exported as EksAccessServiceToken.
What the local AWS does not have is refused by name before anything happens; what it stands in for is called so in the events.
Exit code: 0 when every step went as CloudFormation would have it, 1 when a stack failed, 2 when something of yours could not be read.`;

export const LOCAL_HELP = `Keeps the local AWS running until Ctrl-C: EKS, STS, IAM (roles), CloudFormation, Lambda (Invoke), S3 (for templates
and assets), SSM (GetParameter) and the Kubernetes API of a cluster, with the provider deployed and its service token exported as EksAccessServiceToken.

  npm run local
  npm run local -- --mode API --aws-auth my-aws-auth.yaml --json

Options
  --cluster NAME           default my-cluster
  --mode MODE              ${MODES.join(', ')} (default CONFIG_MAP)
  --aws-auth FILE          the ConfigMap aws-auth to begin with
  --cluster-role NAME=ARN  the role as which the provider reaches this cluster; the creator of the cluster
                           here is role/Administrator
  --no-provider            without the provider, and without its export: deploy your own
${world}
  --json                   one line: {"eks","sts","iam","cloudformation","lambda","s3","ssm","otherServices",
                           "kubernetes","kubeconfig","account","region"}, or {"error"}
  --help                   this text

cdk deploy, diff and destroy work as in an account that is bootstrapped: cdk bootstrap itself does not. Functions run
whose code is inline or a zip of one JavaScript file. The CDK CLI looks for its notices on the internet without --no-notices.
Version 1 of the AWS CLI asks real hosts for sqs, emr, rds, docdb, neptune and health, whatever is exported; the keys
that are printed here are worth nothing there.
The line "follow" on standard input runs the provider's schedule, which otherwise comes every 15 minutes.`;
