/** Named rights as a property of a mapping. */
import { RIGHTS, type RightsName } from '../access/rights/catalogue';
import { refuseOthers, shown } from './checks/given';
import { type NamedRight } from './named-right';

/** `Rights`, in the words of CloudFormation. Throws for what is no right. */
export function renderRights(rights: readonly NamedRight[] | undefined): unknown[] | undefined {
  if (rights !== undefined && !Array.isArray(rights))
    throw new Error(`rights is ${shown(rights)}: give a list of { name, namespaces }`);
  return rights?.map((right: NamedRight | null | undefined, index) => {
    const name = right?.name;
    if (!RIGHTS.includes(name as RightsName)) {
      const isName = RIGHTS.includes(right as unknown as RightsName);
      const remedy = isName ? `{ name: ${shown(right)} }` : `{ name, namespaces } with a RightName`;
      throw new Error(
        `rights[${index}] is ${shown(name ?? right)}, which is ${isName ? 'the name of a right' : 'no right'}: give ${remedy}`,
      );
    }
    refuseOthers(['name', 'namespaces'], right as object, ` of rights[${index}]`);
    return { Name: name, Namespaces: right?.namespaces };
  });
}
