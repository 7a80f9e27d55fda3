/** What a principal of a run has, in the order and the words in which its properties ask for it. */
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
      groups: login.groups.filter((group) => group !== 'system:authenticated'),
      policies: (entry?.policies ?? []).map(({ policyArn }) => policyArn.split('/').pop()),
      tags,
    })
  );
}

export function askedAccess(properties: Properties): string {
  const list = (value: unknown): object[] => (Array.isArray(value) ? (value as object[]) : []);
  return JSON.stringify({
    user: properties['Username'] ?? properties['UserName'],
    groups: properties['KubernetesGroups'] ?? properties['Groups'],
    policies: list(properties['AccessPolicies']).map((policy) => (policy as { PolicyArn: string }).PolicyArn),
    tags: list(properties['Tags']).map((tag) => Object.values(tag) as unknown[]),
  });
}
