/** What the API server says of objects of role-based access control that it does not take. Pure. */
import { type RbacManifest } from './rbac';
import { RBAC_GROUP, RBAC_KINDS } from './rbac-kinds';
import { type StatusDetails, StatusError } from './status';

interface Named {
  /** As in URLs: `rolebindings`. */
  readonly resource: string;
  readonly name: string;
}

function aboutOf({ resource, name }: Named): StatusDetails {
  return { name, group: RBAC_GROUP, kind: resource };
}

const titleOf = ({ resource, name }: Named): string => `${resource}.${RBAC_GROUP} "${name}"`;

export function rbacNotFound(named: Named): StatusError {
  return new StatusError(404, 'NotFound', `${titleOf(named)} not found`, aboutOf(named));
}

export function rbacAlreadyExists(named: Named): StatusError {
  return new StatusError(409, 'AlreadyExists', `${titleOf(named)} already exists`, aboutOf(named));
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#clusterrolebinding-example */
export function roleRefChanged({ resource, name }: Named, wanted: RbacManifest['roleRef']): StatusError {
  const field = 'roleRef';
  // Under the names of Go's fields.
  const shown = JSON.stringify({ APIGroup: wanted?.apiGroup, Kind: wanted?.kind, Name: wanted?.name });
  const message = `Invalid value: ${shown}: cannot change roleRef`;
  const kind = RBAC_KINDS[resource] ?? resource;
  return new StatusError(422, 'Invalid', `${kind}.${RBAC_GROUP} "${name}" is invalid: ${field}: ${message}`, {
    name,
    group: RBAC_GROUP,
    kind,
    causes: [{ reason: 'FieldValueInvalid', message, field }],
  });
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping */
export function escalates(
  named: Named,
  { username, groups }: { readonly username: string; readonly groups: readonly string[] },
  missing: readonly string[],
): StatusError {
  const who = `user "${username}" (groups=[${groups.map((group) => `"${group}"`).join(' ')}])`;
  return new StatusError(
    403,
    'Forbidden',
    `${titleOf(named)} is forbidden: ${who} is attempting to grant RBAC permissions not currently held:\n${missing.join('\n')}`,
    aboutOf(named),
  );
}

export function namespaceMissing(namespace: string): StatusError {
  const message = `namespaces "${namespace}" not found`;
  return new StatusError(404, 'NotFound', message, { name: namespace, kind: 'namespaces' });
}

export function namespaceTerminating(
  { resource, name, group }: Named & { readonly group: string },
  namespace: string,
): StatusError {
  const title = group === '' ? resource : `${resource}.${group}`;
  return new StatusError(
    403,
    'Forbidden',
    `${title} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      name,
      ...(group === '' ? {} : { group }),
      kind: resource,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  );
}
