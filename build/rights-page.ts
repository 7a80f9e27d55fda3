/**
 * `docs/reference/rights.md`: every rule of each of the named rights. `npm run generate` writes it; a test fails when the
 * page is not what this makes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gapsOf } from '../access/policies/gaps';
import { RULES_AS_OF } from '../access/policies/published-rules';
import { clusterRoleOf, groupOf, isOfClusterOnly, policyOf } from '../access/rights/catalogue';
import { PROVIDER_RULES } from '../access/rights/manifest';
import { growthOf, NAMED_RIGHTS, type NamedRights } from '../access/rights/named-rights';
import { rulesTable } from './rules-table';

const page = join(__dirname, '../docs/reference/rights.md');

const INTRODUCTION = `<!-- Generated from access/rights/ by \`npm run generate\`. Do not edit. -->

# Named rights

What each name of property \`Rights\` allows. Where a cluster has access entries and an access policy says the same, the mapping can have the policy; everywhere else, also in mode \`CONFIG_MAP\`, it has a group that RBAC binds. The rules of names that are access policies are [those that EKS published in ${RULES_AS_OF}](access-policies.md), request by request. [\`eks-access policies NAME\`](../eks-access.md#what-an-access-policy-allows) prints the same.`;

const SETUP = `## Setup

An administrator applies one manifest to each cluster, once. Applied again it changes nothing:

\`\`\`sh
kubectl apply -f samples/rights-rbac.yaml
\`\`\`

It holds a ClusterRole and a ClusterRoleBinding for each name, and what the provider may do with them (below). What you never give can be left out: the provider refuses it then, and names what is missing. After an upgrade of the provider that changes the rules it has to be applied again.

**Without kubectl**, on clusters that the provider reaches [as another role](../security.md#clusters-that-are-reached-as-another-role) (\`clusterRoles\`) that is an administrator of the cluster: deploy the provider with \`setUpRights: true\` (plain template: \`SetUpRights=true\`). So one template can make a cluster and give \`Rights\` in it. When a mapping asks for a right by a group, the provider then applies the ClusterRoles and the ClusterRoleBinding of that right, and of no other, as the manifest has them; where they are there already nothing is written. It never applies by force: what another tool has set stays, and the mapping fails and names it. It deletes nothing, with no stack and not when the provider is deleted: [two commands](#take-away) do.

**A namespace that is deleted** takes its RoleBindings with it, and one that is made again under the name has none: the holders of a right in it have nothing until the next event of the mapping, for which changing \`Revision\` is enough. The provider's schedule tells of it [once a day](../moving-a-cluster.md#what-to-look-at), and makes no binding: an administrator may have taken it away for a reason. \`eks-access doctor --cluster NAME --rbac live\` finds it at once, and what else of the setup is missing or changed.

## Use

1. The cluster is set up (above), and [lets the provider in](../security.md#what-the-provider-may-do-in-a-cluster), in mode \`API\` as well, unless every right is given by an access policy.
2. The owner of the provider allows the right: guardrail \`rights\`, by default \`view\`, \`edit@*\` and \`admin@*\` (any namespace but \`kube-*\`). A refusal names the key.
3. The namespace exists. The template says

   \`\`\`yaml
   Rights:
     - Name: edit-plus-custom-resources
       Namespaces: [team-a]
   \`\`\`

4. The holder asks, logged in by the mapped role:

   \`\`\`sh
   kubectl auth can-i create deployments -n team-a   # yes, by a group or by an access policy
   kubectl auth can-i --list -n team-a               # all that groups give; what access policies give is not in it
   \`\`\`

[Sample 12](../../samples/12-named-rights.yaml) is the whole template. \`npm start -- samples/12-named-rights.yaml --mode CONFIG_MAP\` runs it on the local AWS.

## Take away

\`\`\`sh
kubectl delete -f samples/rights-rbac.yaml
kubectl delete rolebindings --all-namespaces -l app.kubernetes.io/managed-by=cfn-eks-access
\`\`\`

A mapping that is deleted, or no longer has the right, takes it away at once. These two lines take all rights from everybody: the first in the whole cluster, and in namespaces all but \`cluster-admin\`, a ClusterRole of Kubernetes itself; the second ends that too.`;

export function rightsPage(): string {
  return [
    INTRODUCTION,
    overview(),
    SETUP,
    ...NAMED_RIGHTS.flatMap(section),
    '## What the provider may do for it',
    'Its group `cfn-eks-access` has, beside [its rights on aws-auth](../security.md#what-the-provider-may-do-in-a-cluster):',
    rulesTable(PROVIDER_RULES),
    'It can neither change nor delete a ClusterRole or a ClusterRoleBinding, nor delete a RoleBinding, nor make one under another name or to another ClusterRole. [Decision 0016](../decisions/0016-custom-resources-by-aggregation.md) says why.',
  ]
    .join('\n\n')
    .concat('\n');
}

function overview(): string {
  return [
    '| name | allows | access policy |',
    '| --- | --- | --- |',
    ...NAMED_RIGHTS.map(({ name, summary }) => {
      const policy = policyOf(name);
      return `| [\`${name}\`](#${name}) | ${summary} | ${policy === undefined ? 'none' : `\`${policy}\``} |`;
    }),
  ].join('\n');
}

function section(rights: NamedRights): readonly string[] {
  const { name, summary, rules, grows } = rights;
  const gaps = gapsOf(rules, { isRbac: true, grows: grows !== undefined });
  return [
    `## ${name}`,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}. ClusterRole \`${clusterRoleOf(name)}\`, group \`${groupOf(name)}\`${
      isOfClusterOnly(name)
        ? '; in the whole cluster alone, because no namespace holds nodes'
        : ` or \`${groupOf(name, 'NAMESPACE')}\``
    }.`,
    rulesTable(rules),
    ...(grows === undefined ? [] : [growthOf(grows)]),
    ...(gaps.length === 0 ? [] : [`Not allowed by it:\n\n${gaps.map((gap) => `- ${gap}`).join('\n')}`]),
  ];
}

if (require.main === module) writeFileSync(page, rightsPage());
