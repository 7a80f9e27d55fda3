/**
 * Leaves out of an SDK client the errors whose class says no more than the answer itself: almost all. For an error that
 * it has no class for, the SDK makes the service's base exception, named by the code of the answer, with `$metadata`,
 * `$fault` by the status and every member of the answer (`getErrorSchemaOrThrowBaseException` of `@aws-sdk/core`): all
 * that `sdk-failure.ts` reads. Where a code is not the name (`NoSuchEntity` of IAM is thrown as `NoSuchEntityException`),
 * the base exception is told the names. An error keeps its class where
 *
 * - a member comes from a header or under another name,
 * - the class has a hint for trying again.
 *
 * Code that names a class that is left out fails the build: there is nothing to import.
 * `test/front-door/access/aws/bundled-clients.test.ts` asks both, the SDK as it is and the bundled one, for every error.
 */

/** Text of a client's `schemas_0.js` (with plain keys) and `models/errors.js` → each class to leave out, and its code. */
export function plainErrors(schemas, errors) {
  const shapes = new Map(
    [...schemas.matchAll(/^const (\w+) = "([^"\\]*)";$/gm)].map(([, constant, text]) => [constant, text]),
  );
  const registered = [
    ...schemas.matchAll(
      /^export var (\w+)\$ = \[-3, n0, (\w+),\n([\s\S]*?)^\];\nn0_registry\.registerError\(/gm,
    ),
  ];
  if (registered.length !== schemas.match(/^n0_registry\.registerError\(/gm)?.length)
    throw new Error('the SDK writes the errors of its clients in another way: see build/no-plain-errors.mjs');
  const isPlain = ([, name, shape, body]) =>
    shapes.get(shape) === name &&
    !/"(?:httpHeader|httpPrefixHeaders|httpPayload|jsonName|xmlName)"/.test(body) &&
    !/\$retryable/.test(classOf(name).exec(errors)?.[0] ?? '$retryable');
  return new Map(
    registered
      .filter(isPlain)
      .map(([, name, , body]) => [name, /"awsQueryError": \[`([^`]+)`/.exec(body)?.[1] ?? name]),
  );
}

/** Without the registration of those errors; what nobody refers to, esbuild leaves out. */
export function withoutRegistrations(schemas, plain) {
  const imported = (whole, list) =>
    `import {${list
      .split(',')
      .filter((name) => !plain.has(name.trim()))
      .join(',')}} from "../models/errors";`;
  const rest = [...plain.keys()].reduce(
    (text, name) => text.replace(`n0_registry.registerError(${name}$, ${name});\n`, ''),
    schemas.replace(/import \{([^}]*)\} from "\.\.\/models\/errors";/, imported),
  );
  const renamed = [...plain].filter(([name, code]) => name !== code).map(([name, code]) => [code, name]);
  return renamed.length === 0 ? rest : withNames(rest, renamed);
}

function withNames(schemas, renamed) {
  const base = /^_s_registry\.registerError\((\w+)\$, \1\);$/m;
  if (!base.test(schemas))
    throw new Error('the SDK registers its base exceptions in another way: see build/no-plain-errors.mjs');
  return schemas.replace(
    base,
    `const names = new Map(${JSON.stringify(renamed)});
_s_registry.registerError($1$$, class extends $1 {
    constructor(options) {
        super({ ...options, name: names.get(options.name) ?? options.name });
    }
});`,
  );
}

export function withoutClasses(errors, plain) {
  return [...plain.keys()].reduce((text, name) => text.replace(classOf(name), ''), errors);
}

function classOf(name) {
  return new RegExp(`^export class ${name} extends __BaseException \\{\\n[\\s\\S]*?^\\}\\n`, 'm');
}
