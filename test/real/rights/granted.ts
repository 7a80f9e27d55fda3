/** A rig with the manifest of named rights applied, and roles that the authenticator lets in with groups of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RIGHTS_MANIFEST } from '../../../access/rights/catalogue';
import { eventually } from '../rig/lifetime';
import { type Part, startPart } from '../rig/part';
import { type Rig } from '../rig/rig';
import { askerOf, type Asker } from './asking';

export const RIGHTS_FILE = join(__dirname, '../../..', RIGHTS_MANIFEST);
const ACCOUNT = 'arn:aws:iam::111122223333';
const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** The controller of Kubernetes that fills aggregated ClusterRoles. */
export function startAggregation({ tools, folder, mark }: Rig): Part {
  return startPart({
    name: 'role-aggregation',
    program: tools.roleAggregation,
    parameters: [join(folder, 'admin.kubeconfig')],
    folder,
    mark,
  });
}

/** As people apply it; answers what kubectl says of each object. */
export async function applyRights(rig: Rig, ...flags: readonly string[]): Promise<readonly string[]> {
  return applyText(rig, readFileSync(RIGHTS_FILE, 'utf8'), ...flags);
}

export async function applyText(
  rig: Rig,
  input: string,
  ...flags: readonly string[]
): Promise<readonly string[]> {
  const { status, stdout, stderr } = await rig.kubectl(['apply', ...flags, '-f', '-'], { input });
  if (status !== 0) throw new Error(`kubectl apply failed: ${stderr}`);
  return stdout.trim().split('\n');
}

export async function makeNamespaces(rig: Rig, ...names: readonly string[]): Promise<void> {
  for (const name of names) await post(rig, '/api/v1/namespaces', { metadata: { name } });
}

async function post(rig: Rig, path: string, body: object): Promise<void> {
  const { status, body: answer } = await rig.admin('POST', path, { body });
  if (status !== 201) throw new Error(`POST ${path} was answered ${status}: ${JSON.stringify(answer)}`);
}

export interface RoleObject {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly rules?: unknown;
  readonly aggregationRule?: unknown;
}

export async function clusterRole(rig: Rig, name: string): Promise<RoleObject> {
  return (await rig.admin('GET', `${RBAC}/clusterroles/${name}`)).body as RoleObject;
}

export async function bind(rig: Rig, namespace: string, name: string, group: string): Promise<void> {
  const apiGroup = 'rbac.authorization.k8s.io';
  await post(rig, `${RBAC}/namespaces/${namespace}/rolebindings`, {
    metadata: { name: group },
    roleRef: { apiGroup, kind: 'ClusterRole', name },
    subjects: [{ apiGroup, kind: 'Group', name: group }],
  });
}

export function roleOf(group: string): string {
  return `${ACCOUNT}:role/${group.replace(/:/g, '-')}`;
}

/** Maps a role of its own to each group, and waits until the authenticator knows the last one. */
export async function mapRoles(rig: Rig, groups: readonly string[]): Promise<void> {
  const rows = groups.map((group) => ({
    rolearn: roleOf(group),
    username: `holder of ${group}`,
    groups: [group],
  }));
  const metadata = { name: 'aws-auth', namespace: 'kube-system' };
  const { status } = await rig.putAwsAuth({ metadata, data: { mapRoles: JSON.stringify(rows) } });
  expect(status).toBeLessThan(300);
  for (const group of groups)
    expect(await eventually(() => rig.login(roleOf(group)), Boolean)).toEqual({
      username: `holder of ${group}`,
      groups: [group],
    });
}

/** The role that is mapped to that group, as a client of the API server. */
export async function holderOf(rig: Rig, group: string): Promise<Asker> {
  return askerOf(rig.door, await rig.token(roleOf(group)));
}
