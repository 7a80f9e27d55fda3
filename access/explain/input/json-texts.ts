/** JSON values one after another, as a loop over a command of the AWS CLI prints them. Pure. */

/** Undefined where the text is no JSON. */
export function jsonValuesIn(text: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    const parts = objectsIn(text);
    try {
      return parts?.map((part): unknown => JSON.parse(part));
    } catch {
      return undefined;
    }
  }
}

/** Cut where a bracket closes that the next value does not need; undefined where there is text between them. */
function objectsIn(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]|[^\s,]/gs)) {
    if (depth === 0 && !'[{'.includes(token)) return undefined;
    if (depth === 0) start = index;
    if (token === '[' || token === '{') depth += 1;
    if (token !== ']' && token !== '}') continue;
    depth -= 1;
    if (depth === 0) parts.push(text.slice(start, index + 1));
  }
  return depth === 0 && parts.length > 0 ? parts : undefined;
}
