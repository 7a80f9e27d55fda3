/** JSON to the document of a template. */
import { type Json } from '../json';
import { TemplateError } from '../template-error';
import { readYaml } from './read-yaml';

/** Throws TemplateError, with line and column. */
export function readJson(
  body: string,
  source: string,
): { readonly document: Json; readonly remarks: readonly string[] } {
  try {
    return { document: JSON.parse(body) as Json, remarks: repeatedKeys(body) };
  } catch (error) {
    const { message } = error as Error;
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    const reason = message
      .replace(/ in JSON at position.*$/s, '')
      .replace(/^Unexpected end of JSON input$/, 'it ends before its brackets are closed');
    throw new TemplateError(
      source,
      `it is not JSON: ${position === undefined ? '' : placeOf(body, Number(position))}${reason}${commented(body, position)}`,
    );
  }
}

function placeOf(body: string, position: number): string {
  const before = body.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: `;
}

function commented(body: string, position: string | undefined): string {
  const found = position !== undefined && /^(\/\/|\/\*|#)/.test(body.slice(Number(position)));
  return found ? ': JSON has no comments' : '';
}

/** JSON is YAML as well, whose reader finds keys that come twice. */
function repeatedKeys(body: string): readonly string[] {
  try {
    return readYaml(body, '').remarks;
  } catch {
    // Tabs, for one.
    return [];
  }
}
