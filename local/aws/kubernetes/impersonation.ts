/**
 * `kubectl --as`: a request in the name of another user, for who may impersonate that user and those groups.
 * https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
import { type LocalRequest } from '../server/loopback-server';
import { type Login } from './login';
import { badRequest } from './status';

export type User = Pick<Login, 'username' | 'groups' | 'policies' | 'uid' | 'extra'>;

/** What the asker must be allowed to impersonate. */
export interface Impersonated {
  readonly resource: 'users' | 'groups';
  readonly name: string;
}

/**
 * Whom the request is for; the asker where it names nobody else. `authorize` throws for what the asker may not
 * impersonate; `uid` and `extra` are refused, because nothing here would look at them.
 */
export function impersonated(
  { headers }: LocalRequest,
  asker: User,
  authorize: (asked: Impersonated) => void,
): User {
  const username = headers['impersonate-user'];
  const groups = (headers['impersonate-group'] ?? '').split(', ').filter((group) => group !== '');
  const other = Object.keys(headers).find((name) => /^impersonate-(uid|extra-)/.test(name));
  if (other !== undefined)
    throw badRequest(`the local Kubernetes does not impersonate with the header ${other}`);
  if (username === undefined) {
    if (groups.length > 0) throw badRequest('requested groups without impersonating a user');
    return asker;
  }
  authorize({ resource: 'users', name: username });
  for (const name of groups) authorize({ resource: 'groups', name });
  const all =
    username === 'system:anonymous'
      ? [...groups, 'system:unauthenticated']
      : [...groups, 'system:authenticated'];
  return { username, groups: [...new Set(all)], policies: [], uid: '', extra: {} };
}
