/**
 * Ajv's standalone code with what its settings make superfluous taken out; without it the validators would have
 * twice their size. One error ends a validation (`allErrors: false`), so
 *
 * - nothing counts errors, and no list of them grows: what goes on has found none;
 * - an error is made by one function, without `schemaPath` and the text of a pattern, which nobody reads;
 * - a validator is told where it is and nothing else: no schema refers to data outside its own.
 *
 * `test/pure/schemas/validators.test.ts` holds it to ajv itself.
 */
const FUNCTIONS = `function refuse(validator, instancePath, keyword, params){validator.errors = [{instancePath, keyword, params}];return false;}
function passOn(validator, from){validator.errors = from.errors;return false;}
`;

/** Each in the code that those before it have left. */
const STEPS: readonly (readonly [RegExp, string])[] = [
  [/, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}\)/g, ', instancePath="")'],
  [/\{instancePath(?::([^,{}]+))?,parentData:\w+,parentDataProperty:(?:"\w+"|\w+),rootData\}/g, 'PATH($1)'],
  [
    /(\w+)\.errors = \[\{instancePath(?::([^,{}]+))?,schemaPath:"(?:[^"\\]|\\.)*",keyword:("\w+"),params:(\{.*?\})\}\];return false;/g,
    'return refuse($1, PATH($2), $3, $4);',
  ],
  [
    /if\(!\((validate\d+)\(([\w.]+), (PATH\([^()]*\))\)\)\)\{vErrors = vErrors === null \? \1\.errors : vErrors\.concat\(\1\.errors\);errors = vErrors\.length;\}/g,
    'if(!$1($2, $3))return passOn(SELF, $1);',
  ],
  [/, "pattern", \{pattern: "(?:[^"\\]|\\.)*"\}\)/g, ', "pattern", {})'],
  [/PATH\(\)/g, 'instancePath'],
  [/PATH\(([^()]+)\)/g, '$1'],
  [/let vErrors = null;let errors = 0;/g, ''],
  [/const _errs\d+ = errors;/g, ''],
  [/if\((?:errors === (?:0|_errs\d+)|_errs\d+ === errors)\)\{/g, '{'],
  [/var valid\d+ = (?:_errs\d+ === errors|true);/g, ''],
  [/if\(valid\d+\)\{/g, '{'],
  [/if\(!valid\d+\)\{break;\}/g, ''],
  [/else \{\}/g, ''],
  [/(\w+)\.errors = vErrors;return errors === 0;/g, '$1.errors = null;return true;'],
  [/\/\*# sourceURL="[^"]*" \*\/;/g, ''],
];

/** Throws where ajv writes something else than these steps know: `anyOf` and its kind, or another version of ajv. */
export function compact(code: string): string {
  const shorter = STEPS.reduce((text, [pattern, by]) => text.replace(pattern, by), code)
    .split(/(?=function validate\d+)/)
    .map((validator) => validator.replaceAll('SELF', /^function (\w+)/.exec(validator)?.[1] ?? 'SELF'))
    .join('');
  const left = /(?<!\.)\berrors\b|vErrors|_errs|\bvalid\d|schemaPath|parentData|rootData|SELF|PATH\(/.exec(
    shorter,
  );
  if (left)
    throw new Error(
      `build/compact-validators.ts does not know what ajv writes here: ${shorter.slice(Math.max(0, left.index - 200), left.index + 100)}`,
    );
  return shorter.replace(/(?=const schema\d+ = )/, FUNCTIONS);
}
