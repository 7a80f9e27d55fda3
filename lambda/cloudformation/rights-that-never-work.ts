/** Rights and scopes that are refused on every cluster; only what is wanted is checked. Pure. */
import { type DesiredAccess } from '../../access/desired-access';
import { invalidRequest } from '../../access/errors';
import { isOfClusterOnly, policyOf } from '../../access/rights/catalogue';
import { checkNamespace } from './policies-that-never-work';

/** Throws InvalidRequest naming the property, its value and the remedy. */
export function checkRights({ rights = [], engine, type = 'STANDARD' }: DesiredAccess): void {
  if (rights.length > 0 && type !== 'STANDARD')
    throw invalidRequest(`Rights is given, but nodes (Type ${type}) have rights of their own: remove Rights`);
  for (const [index, { name, namespaces }] of rights.entries()) {
    const property = `Rights[${index}]`;
    if (rights.findIndex((other) => other.name === name) !== index)
      throw invalidRequest(`Rights has ${name} twice: give it once, with all its namespaces`);
    if (engine === 'POLICY' && policyOf(name) === undefined)
      throw invalidRequest(
        `Engine is POLICY, but no access policy gives what ${property} does, ${name}: write Engine: AUTO`,
      );
    if (isOfClusterOnly(name) && namespaces.length > 0)
      throw invalidRequest(
        `${property} is ${name} and names namespaces, where there are no nodes: remove Namespaces, or write view`,
      );
    for (const namespace of namespaces) {
      if (namespace.includes('*'))
        throw invalidRequest(
          `${property}.Namespaces has ${JSON.stringify(namespace)}, and rights know no wildcards, because RBAC has none: write each namespace`,
        );
      checkNamespace(`${property}.Namespaces`, namespace);
    }
  }
}
