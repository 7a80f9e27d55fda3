/** Properties that are lists, as `DesiredAccess` has them; throws InvalidRequest for what no schema can refuse. Pure. */
import { type AccessPolicyAssociation, type DesiredAccess, type Right } from '../../access/desired-access';
import { invalidRequest } from '../../access/errors';
import {
  type EksAccessEntryProperties,
  type EksMapRolesEntryProperties,
} from '../../schemas/generated/types';

export function unique(values: readonly string[] | undefined): readonly string[] {
  return [...new Set(values ?? [])];
}

export function policiesOf(
  policies: EksMapRolesEntryProperties['AccessPolicies'],
): readonly AccessPolicyAssociation[] {
  return (policies ?? []).map(({ PolicyArn, AccessScope }, index) => {
    const namespaces = unique(AccessScope.Namespaces);
    const where = `AccessPolicies[${index}].AccessScope`;
    if (AccessScope.Type === 'namespace' && namespaces.length === 0) {
      throw invalidRequest(
        `${where} is of type namespace and names none: give at least one in Namespaces, or write Type: cluster`,
      );
    }
    if (AccessScope.Type === 'cluster' && namespaces.length > 0) {
      throw invalidRequest(
        `${where} is of type cluster and names namespaces ${JSON.stringify(namespaces)}: remove Namespaces, or write Type: namespace`,
      );
    }
    return { policy: PolicyArn, scope: AccessScope.Type, namespaces };
  });
}

export function rightsOf({
  Rights: rights,
  Engine: engine,
}: Pick<EksMapRolesEntryProperties, 'Rights' | 'Engine'>): Pick<DesiredAccess, 'rights' | 'engine'> {
  return {
    engine,
    rights: rights?.map(({ Name, Namespaces }, index) => rightIn(`Rights[${index}]`, Name, Namespaces)),
  };
}

function rightIn(property: string, name: Right['name'], namespaces: readonly string[] | undefined): Right {
  // A parameter that came to nothing must not widen the right to the whole cluster.
  if (namespaces?.length === 0)
    throw invalidRequest(`${property}.Namespaces is empty: leave it out for the whole cluster`);
  return { name, namespaces: unique(namespaces) };
}

export function tagsOf(tags: EksAccessEntryProperties['Tags']): Readonly<Record<string, string>> {
  const result = new Map<string, string>();
  for (const { Key, Value } of tags ?? []) {
    // IAM compares the keys of tags without their case.
    if (/^(?:aws|cfn-eks-access):/i.test(Key)) {
      throw invalidRequest(
        `Tags has the key ${JSON.stringify(Key)}, which is reserved: choose another prefix`,
      );
    }
    if (result.has(Key)) throw invalidRequest(`Tags has the key ${JSON.stringify(Key)} twice: give it once`);
    result.set(Key, Value);
  }
  return Object.fromEntries(result);
}
