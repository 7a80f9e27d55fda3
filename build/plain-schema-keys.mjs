/**
 * Lets unused operations of an SDK client fall out of the bundle. The client's schemas name their traits by constants
 * (`{ [_ht]: ["GET", "/clusters"] }`); esbuild must assume that a computed key does something when it is read, and keeps
 * all of them: for EKS 59 operations that nothing calls, which V8 parses and builds at each cold start. With the
 * constants' own text as keys the arrays are free of effects, and what nobody refers to is left out.
 */
export function withPlainKeys(schemas) {
  const constants = new Map(
    [...schemas.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return schemas.replace(/([{,]\s*)\[(\w+)\]:/g, (whole, before, name) =>
    constants.has(name) ? `${before}${constants.get(name)}:` : whole,
  );
}
