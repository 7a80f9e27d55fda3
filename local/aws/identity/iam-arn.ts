/** ARNs of IAM roles, users and account roots, as the local IAM reads them. Pure. */

export interface IamArn {
  readonly partition: string;
  readonly accountId: string;
  readonly type: 'role' | 'user' | 'root';
  readonly path: string;
  readonly name: string;
}

export function parseIamArn(arn: string): IamArn | undefined {
  const root = /^arn:([^:]+):iam::([0-9]{12}):root$/.exec(arn);
  if (root) return { partition: root[1] ?? '', accountId: root[2] ?? '', type: 'root', path: '/', name: '' };
  const parts = /^arn:([^:]+):iam::([0-9]{12}):(role|user)(\/(?:[^/]+\/)*)([^/]+)$/.exec(arn);
  if (!parts) return undefined;
  const [, partition = '', accountId = '', type, path = '/', name = ''] = parts;
  return { partition, accountId, type: type === 'user' ? 'user' : 'role', path, name };
}

export function requireIamArn(arn: string): IamArn {
  const parsed = parseIamArn(arn);
  if (!parsed) throw new Error(`not the ARN of an IAM role, user or account root: ${arn}`);
  return parsed;
}

/** Names are unique in an account whatever their path or case. */
export function keyOf({ accountId, type, name }: IamArn): string {
  return `${accountId}:${type}/${name.toLowerCase()}`;
}
