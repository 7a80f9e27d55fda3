/** What tests look at after a step: aws-auth with kubectl, stacks and access entries with the AWS CLI. */
import { load } from 'js-yaml';
import { type CliRig } from './cli-rig';
import { ACCOUNT } from './ministack';
import { CLUSTER } from './ministack-cluster';

interface Mapped {
  readonly rolearn?: string;
  readonly userarn?: string;
  readonly username: string;
  readonly groups: readonly string[];
}

export interface AwsAuthLook {
  readonly mapRoles: string;
  /** Of both sections, by ARN. */
  readonly entries: readonly {
    readonly arn: string;
    readonly username: string;
    readonly groups: readonly string[];
  }[];
  readonly annotations: Readonly<Record<string, string>>;
}

export async function awsAuthOf(rig: CliRig): Promise<AwsAuthLook> {
  const { status, stdout, stderr } = await rig.kubectl([
    'get',
    'configmap',
    'aws-auth',
    '-n',
    'kube-system',
    '-o',
    'json',
  ]);
  if (status !== 0) throw new Error(`kubectl get configmap aws-auth: ${stderr}`);
  const { data = {}, metadata } = JSON.parse(stdout) as {
    data?: Record<string, string>;
    metadata: { annotations?: Record<string, string> };
  };
  const listed = ['mapRoles', 'mapUsers'].flatMap(
    (section) => (load(data[section] || '[]') ?? []) as Mapped[],
  );
  const entries = listed.map(({ rolearn, userarn, username, groups }) => ({
    arn: rolearn ?? userarn ?? '',
    username,
    groups,
  }));
  return {
    mapRoles: data['mapRoles'] ?? '',
    entries: entries.sort((one, other) => (one.arn < other.arn ? -1 : 1)),
    annotations: metadata.annotations ?? {},
  };
}

/** ministack's own entry for the creator of the cluster. */
const CREATOR = `arn:aws:iam::${ACCOUNT}:root`;

/** Of every access entry but the creator's, by ARN of the principal; policies as `NAME SCOPE`. */
export async function entriesOf(
  rig: CliRig,
): Promise<readonly { principal: string; groups: readonly string[]; policies: readonly string[] }[]> {
  const cluster = ['--cluster-name', CLUSTER];
  const { accessEntries } = (await rig.aws('eks', 'list-access-entries', ...cluster)) as {
    accessEntries: string[];
  };
  return Promise.all(
    accessEntries
      .filter((principal) => principal !== CREATOR)
      .sort()
      .map(async (principal) => {
        const named = [...cluster, '--principal-arn', principal];
        const [described, associated] = (await Promise.all([
          rig.aws('eks', 'describe-access-entry', ...named),
          rig.aws('eks', 'list-associated-access-policies', ...named),
        ])) as [
          { accessEntry: { kubernetesGroups: string[] } },
          {
            associatedAccessPolicies: {
              policyArn: string;
              accessScope: { type: string; namespaces?: string[] };
            }[];
          },
        ];
        const policies = associated.associatedAccessPolicies.map(
          ({ policyArn, accessScope: { type, namespaces = [] } }) =>
            [policyArn.replace(/.*\//, ''), ...(type === 'namespace' ? namespaces : [type])].join(' '),
        );
        return { principal, groups: described.accessEntry.kubernetesGroups, policies: policies.sort() };
      }),
  );
}

/** The stack as DescribeStacks shows it; undefined when there is none. */
export async function stackOf(rig: CliRig, name: string): Promise<unknown> {
  const { Stacks } = (await rig.aws('cloudformation', 'describe-stacks')) as {
    Stacks: { StackName: string }[];
  };
  return Stacks.find(({ StackName }) => StackName === name);
}

/** ARN of the stack's role. */
export async function roleOf(rig: CliRig, stack: string): Promise<string> {
  const [role] = await rolesOf(rig, stack);
  return role?.arn ?? '';
}

export async function rolesOf(
  rig: CliRig,
  stack: string,
): Promise<readonly { readonly logicalId: string; readonly arn: string }[]> {
  const { StackResources } = (await rig.aws(
    'cloudformation',
    'describe-stack-resources',
    '--stack-name',
    stack,
  )) as {
    StackResources: { LogicalResourceId: string; PhysicalResourceId: string; ResourceType: string }[];
  };
  return StackResources.filter(({ ResourceType }) => ResourceType === 'AWS::IAM::Role').map((role) => ({
    logicalId: role.LogicalResourceId,
    arn: `arn:aws:iam::${ACCOUNT}:role/${role.PhysicalResourceId}`,
  }));
}

/** A foreign writer with kubectl: puts lines before the others of mapRoles; the whole text that it wrote. */
export async function putBeforeMapRoles(rig: CliRig, lines: string): Promise<string> {
  const mapRoles = lines + (await awsAuthOf(rig)).mapRoles;
  const patch = JSON.stringify({ data: { mapRoles } });
  const parameters = ['patch', 'configmap', 'aws-auth', '-n', 'kube-system', '--type', 'merge', '-p', patch];
  const { status, stderr } = await rig.kubectl(parameters);
  if (status !== 0) throw new Error(`kubectl patch configmap aws-auth: ${stderr}`);
  return mapRoles;
}
