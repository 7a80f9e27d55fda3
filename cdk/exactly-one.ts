/** Props of which exactly one must be given. */

/** The one that was given. Throws unless it is exactly one. */
export function exactlyOne(candidates: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(candidates).filter(([, value]) => value !== undefined);
  const all = Object.keys(candidates)
    .join(', ')
    .replace(/, (?!.*, )/, ' or ');
  if (given.length > 1) {
    const both = given.map(([name]) => name).join(' and ');
    throw new Error(`${both} are both given: give one of ${all}`);
  }
  const value = given[0]?.[1];
  if (value === undefined) throw new Error(`${all} is missing: give one`);
  return value;
}

/** The property that names the principal: its ARN, from whichever prop has it, or the permission set. */
export function principalProperty(
  property: 'RoleArn' | 'PrincipalArn',
  arns: Readonly<Record<string, string | undefined>>,
  { permissionSet, accountId }: { readonly permissionSet?: string; readonly accountId?: string },
): Readonly<Record<string, string | undefined>> {
  const name = exactlyOne({ ...arns, permissionSet });
  const AccountId = accountId;
  return permissionSet === undefined ? { [property]: name, AccountId } : { PermissionSet: name, AccountId };
}
