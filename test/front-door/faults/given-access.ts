/** What a principal of a run has, in the order and the words in which its properties ask for it. */
import { groupOf, type RightsName } from '../../../access/rights/catalogue';
import { type LocalCluster } from '../../../local/aws/control-plane';

type Properties = Readonly<Record<string, unknown>>;

/** As JSON; undefined where it cannot log in. */
export function givenAccess(cluster: LocalCluster, roleArn: string): string | undefined {
  const login = cluster.loginAs(roleArn);
  const entry = cluster.accessEntry(roleArn);
  const tags = Object.entries(entry?.tags ?? {}).filter(([key]) => !key.startsWith('cfn-eks-access:'));
  return (
    login &&
    JSON.stringify({
      user: login.username,
      groups: login.groups.filter((group) => group !== 'system:authenticated' && isBound(cluster, group)),
      policies: (entry?.policies ?? []).map(({ policyArn }) => policyArn.split('/').pop()),
      tags,
    })
  );
}

/** Without what binds it, the group of a named right gives nothing. */
function isBound(cluster: LocalCluster, group: string): boolean {
  return (
    !group.startsWith('cfn-eks-access:') ||
    cluster.rbac().some(({ subjects = [] }) => subjects.some(({ name }) => name === group))
  );
}

interface Right {
  readonly Name: RightsName;
  readonly Namespaces: readonly string[];
}

function groupsOf({ Name, Namespaces }: Right): readonly string[] {
  return Namespaces.map((namespace) => groupOf(Name, namespace));
}

export function askedAccess(properties: Properties): string {
  const list = (value: unknown): object[] => (Array.isArray(value) ? (value as object[]) : []);
  return JSON.stringify({
    user: properties['Username'] ?? properties['UserName'],
    groups: [
      ...list(properties['KubernetesGroups'] ?? properties['Groups']),
      ...list(properties['Rights']).flatMap((right) => groupsOf(right as Right)),
    ],
    policies: list(properties['AccessPolicies']).map((policy) => (policy as { PolicyArn: string }).PolicyArn),
    tags: list(properties['Tags']).map((tag) => Object.values(tag) as unknown[]),
  });
}
