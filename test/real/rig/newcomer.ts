/** One role that a template maps, in an aws-auth that another tool made: what the tests of refusals do over and over. */
import { type ProviderOptions } from '../../../local/demo/provider';
import { type Rig } from './rig';
import { createStack, deleteStack, type Ended, type Resources } from './stacks';

export const role = 'arn:aws:iam::111122223333:role/newcomer';
export const login = { username: 'newcomer', groups: ['team'] };
export const mapping: Resources = {
  Newcomer: ['Custom::EksMapRolesEntry', { RoleArn: role, UserName: login.username, Groups: login.groups }],
};

export const metadata = { name: 'aws-auth', namespace: 'kube-system' };
/** The entry of the cluster's nodes. */
export const mapRoles =
  '- rolearn: arn:aws:iam::111122223333:role/nodes\n  username: system:node:{{EC2PrivateDNSName}}\n  groups: [system:bootstrappers, system:nodes]\n';

export const created = { status: 'CREATE_COMPLETE', reasons: [] };

/** The stack was rolled back, for this reason alone. */
export function refused(reason: RegExp): object {
  return { status: 'ROLLBACK_COMPLETE', reasons: [expect.stringMatching(reason)] };
}

const name = 'newcomer';

export function create(rig: Rig): Promise<Ended> {
  return createStack(rig, name, mapping);
}

export function remove(rig: Rig): Promise<Ended> {
  return deleteStack(rig, name);
}

/** Makes or replaces aws-auth. */
export async function put(rig: Rig, content: object): Promise<void> {
  expect((await rig.putAwsAuth({ metadata, ...content })).status).toBeLessThan(300);
}

/** On Node 22, with few seconds, because a right that is missing is waited for. */
export function deploy(rig: Rig, more: ProviderOptions = {}): ReturnType<Rig['deploy']> {
  return rig.deploy({ nodePath: rig.tools.node['22'], runtime: 'nodejs22.x', timeoutSeconds: 15, ...more });
}

/** No stack and no aws-auth. */
export async function cleanUp(rig: Rig): Promise<void> {
  if (rig.aws.cloudformation.stack(name)) await remove(rig);
  await rig.deleteAwsAuth();
}
