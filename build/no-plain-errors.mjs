/**
 * Leaves out of an SDK client the errors whose class says no more than the answer itself: most of them. For an error that
 * it has no class for, the SDK makes the service's base exception, named by the code of the answer, with `$metadata`,
 * `$fault` by the status and every member of the answer (`getErrorSchemaOrThrowBaseException` of `@aws-sdk/core`): all
 * that `sdk-failure.ts` reads. An error keeps its class where
 *
 * - its code is not its name (`NoSuchEntity` of IAM is thrown as `NoSuchEntityException`),
 * - a member comes from a header or under another name,
 * - the class has a hint for trying again.
 *
 * Who names a class that is left out fails the build: it is no longer there to import.
 * `test/front-door/access/aws/bundled-clients.test.ts` asks both, the SDK as it is and the bundled one, for every error.
 */

/** Text of a client's `schemas_0.js` (with plain keys) and `models/errors.js` → names of the classes to leave out. */
export function plainErrors(schemas, errors) {
  const shapes = new Map(
    [...schemas.matchAll(/^const (\w+) = "([^"\\]*)";$/gm)].map(([, name, text]) => [name, text]),
  );
  const isPlain = ([, name, shape, body]) =>
    shapes.get(shape) === name &&
    (/"awsQueryError": \[`(\w+)`/.exec(body)?.[1] ?? name) === name &&
    !/"(?:httpHeader|httpPrefixHeaders|httpPayload|jsonName|xmlName)"/.test(body) &&
    !/\$retryable/.test(classOf(name).exec(errors)?.[0] ?? '$retryable');
  const registered = [
    ...schemas.matchAll(
      /^export var (\w+)\$ = \[-3, n0, (\w+),\n([\s\S]*?)^\];\nn0_registry\.registerError\(/gm,
    ),
  ];
  if (registered.length !== schemas.match(/^n0_registry\.registerError\(/gm)?.length)
    throw new Error('the SDK writes the errors of its clients in another way: see build/no-plain-errors.mjs');
  return registered.filter(isPlain).map(([, name]) => name);
}

/** Without the registration of those errors; what nobody refers to, esbuild leaves out. */
export function withoutRegistrations(schemas, names) {
  const imported = (whole, list) =>
    `import {${list
      .split(',')
      .filter((name) => !names.includes(name.trim()))
      .join(',')}} from "../models/errors";`;
  return names.reduce(
    (text, name) => text.replace(`n0_registry.registerError(${name}$, ${name});\n`, ''),
    schemas.replace(/import \{([^}]*)\} from "\.\.\/models\/errors";/, imported),
  );
}

export function withoutClasses(errors, names) {
  return names.reduce((text, name) => text.replace(classOf(name), ''), errors);
}

function classOf(name) {
  return new RegExp(`^export class ${name} extends __BaseException \\{\\n[\\s\\S]*?^\\}\\n`, 'm');
}
