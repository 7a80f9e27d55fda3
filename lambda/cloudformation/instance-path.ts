/** Where in the properties a schema found something wrong: ajv's JSON pointers. Pure. */

/** `/AccessPolicies/0/PolicyArn` → `AccessPolicies[0].PolicyArn`. */
export function propertyName(instancePath: string): string {
  return segments(instancePath)
    .map((segment, index) =>
      /^[0-9]+$/.test(segment) ? `[${segment}]` : `${index > 0 ? '.' : ''}${segment}`,
    )
    .join('');
}

export function segments(instancePath: string): readonly string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function valueAt(root: unknown, instancePath: string): unknown {
  return segments(instancePath).reduce<unknown>(
    (value, segment) => (value as Readonly<Record<string, unknown>> | undefined)?.[segment],
    root,
  );
}
