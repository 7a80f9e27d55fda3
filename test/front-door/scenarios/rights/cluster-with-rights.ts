/** A cluster on which an administrator has applied the setup of named rights, and what it holds of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenWorld, ROLE, type Surroundings, type World } from '../world';

export const setup = readFileSync(join(__dirname, '../../../../samples/rights-rbac.yaml'), 'utf8');

/** With everything allowed that does not amount to cluster admin. */
export async function givenRights(options: Surroundings = {}): Promise<World> {
  const world = await givenWorld({ guardrails: { rights: ['*'], accessPolicies: ['*'] }, ...options });
  world.cluster.applyRbac(setup);
  return world;
}

export const asking = (more: object): Readonly<Record<string, unknown>> => ({
  Cluster: 'my-cluster',
  RoleArn: ROLE,
  UserName: 'dev',
  ...more,
});

/** `namespace/name → groups` of the RoleBindings of rights. */
export function bindings({ cluster }: World): Readonly<Record<string, readonly string[]>> {
  const found = cluster
    .rbac()
    .filter(({ kind, metadata }) => kind === 'RoleBinding' && metadata.name.startsWith('cfn-eks-access:'));
  return Object.fromEntries(
    found.map(({ metadata, subjects = [] }) => [
      `${metadata.namespace}/${metadata.name}`,
      subjects.map(({ name }) => name),
    ]),
  );
}

/** What the role has at login: groups, and policies with their namespaces. */
export function access({ cluster }: World): {
  readonly groups: readonly string[];
  readonly policies: unknown;
} {
  const policies = cluster.accessEntry(ROLE)?.policies ?? [];
  return {
    groups:
      cluster.loginAs(ROLE, 'session')?.groups.filter((group) => group !== 'system:authenticated') ?? [],
    policies: policies.map(({ policyArn, namespaces }) => [policyArn.replace(/.*\//, ''), ...namespaces]),
  };
}
