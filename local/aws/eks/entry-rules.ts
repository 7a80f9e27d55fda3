/** What the EKS API accepts in an access entry, and what it fills in (GT-76 to GT-86). Pure. */
import { EksError, invalidParameter } from './eks-error';

export interface PrincipalShape {
  readonly type: 'role' | 'user' | 'root';
  readonly partition: string;
  readonly accountId: string;
  readonly path: string;
  readonly name: string;
}

/** Types for nodes as the service lists them in its own messages (GT-78). */
const nodeTypes = ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'EC2'];
const types = ['STANDARD', ...nodeTypes, 'HYPERPOD_LINUX'];
const reservedPrefixes = ['system:', 'eks:', 'aws:', 'amazon:', 'iam:'];

/** User name and groups that the service gives to node types; only EC2_LINUX's groups are documented (GT-82). */
const nodeDefaults: Readonly<
  Record<string, { readonly username: string; readonly groups: readonly string[] }>
> = {
  EC2_LINUX: { username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:nodes'] },
  EC2_WINDOWS: {
    username: 'system:node:{{EC2PrivateDNSName}}',
    groups: ['eks:kube-proxy-windows', 'system:nodes'],
  },
  FARGATE_LINUX: { username: 'system:node:{{SessionName}}', groups: ['system:node-proxier', 'system:nodes'] },
  HYBRID_LINUX: { username: 'system:node:{{SessionName}}', groups: ['system:nodes'] },
  EC2: { username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:nodes'] },
  HYPERPOD_LINUX: { username: 'system:node:{{SessionName}}', groups: ['system:nodes'] },
};

/** GT-76: anything but a role, a user or an account root is refused on its shape. */
export function readPrincipal(arn: string): PrincipalShape {
  const parts =
    /^arn:(aws[a-z-]*):iam::([0-9]{12}):(?:(root)|(role|user)(\/(?:[\x21-\x2e\x30-\x7e]+\/)*)([\w+=,.@-]{1,128}))$/.exec(
      arn,
    );
  if (!parts) throw invalidParameter('The principalArn parameter format is not valid');
  const [, partition = '', accountId = '', root, type, path = '/', name = ''] = parts;
  return { type: root ? 'root' : type === 'user' ? 'user' : 'role', partition, accountId, path, name };
}

/** GT-77. The name of the exception was never captured. */
export function refuseServiceLinkedRole({ type, path, name }: PrincipalShape): void {
  // Without its path there is no such role in IAM (GT-74).
  if (type === 'role' && path === '/' && name.toLowerCase().startsWith('awsservicerolefor')) {
    throw invalidParameter('The specified principalArn is invalid: invalid principal.');
  }
  if (type !== 'role' || !path.startsWith('/aws-service-role/')) return;
  throw new EksError(
    'InvalidRequestException',
    'The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role',
  );
}

/** GT-84, GT-85. */
export function checkUsername(username: string | undefined): void {
  if (username === undefined) return;
  if (username === '') throw invalidParameter('The specified username is invalid: it must not be empty');
  const prefix = reservedPrefixes.find((reserved) => username.startsWith(reserved));
  if (prefix) throw invalidParameter(`The username must not begin with ${prefix}`);
  const template = /\{\{SessionName(?:Raw)?\}\}/.exec(username);
  if (template && !username.slice(0, template.index).includes(':')) {
    throw invalidParameter(`The specified username is invalid: a colon must come before ${template[0]}`);
  }
}

/** GT-86. */
export function checkGroups(groups: readonly string[] | undefined): void {
  for (const group of groups ?? []) {
    const prefix = reservedPrefixes.find((reserved) => group.startsWith(reserved));
    if (prefix)
      throw invalidParameter(`The kubernetes group name ${group} is invalid, it cannot start with ${prefix}`);
  }
}

/** GT-78, GT-80. */
export function checkType(type: string, principal: PrincipalShape, accountId: string): void {
  if (!types.includes(type))
    throw invalidParameter(`The specified type is invalid: ${type} is not one of [${types.join(', ')}]`);
  if (type === 'STANDARD') return;
  const list = `[${nodeTypes.join(', ')}]`;
  if (principal.type !== 'role') {
    throw invalidParameter(`AccessEntry principalArn must be IAM role when using types ${list}`);
  }
  if (principal.accountId !== accountId) {
    throw invalidParameter(
      `AccessEntry principalArn must be from the same account as the cluster when using types ${list}`,
    );
  }
}

/** GT-83: node types take neither user name nor groups. */
export function checkFieldsOfType(
  type: string,
  username: string | undefined,
  groups: readonly string[] | undefined,
): void {
  if (type === 'STANDARD') return;
  const refuse = (field: string): Error =>
    invalidParameter(
      `The specified ${field} is invalid: setting ${field} is not allowed when the type is "${type}"`,
    );
  if (username !== undefined) throw refuse('username');
  if (groups !== undefined && groups.length > 0) throw refuse('kubernetesGroups');
}

/** GT-81: what a left-out user name becomes. */
export function defaultUsername(type: string, principal: PrincipalShape, principalArn: string): string {
  const node = nodeDefaults[type];
  if (node) return node.username;
  if (principal.type !== 'role') return principalArn;
  return `arn:${principal.partition}:sts::${principal.accountId}:assumed-role/${principal.name}/{{SessionName}}`;
}

export function defaultGroups(type: string): readonly string[] {
  return nodeDefaults[type]?.groups ?? [];
}
