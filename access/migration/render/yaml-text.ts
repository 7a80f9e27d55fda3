/** Values of a template as YAML: double-quoted and escaped, so that every reader of YAML and JSON reads the same. Pure. */

export function yamlText(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** In one line. */
export function yamlList(items: readonly string[]): string {
  return `[${items.map(yamlText).join(', ')}]`;
}

/** The parameter by which the stack is told its cluster. */
export function clusterParameter(cluster: string | undefined): readonly string[] {
  return [
    'Parameters:',
    '  ClusterName:',
    '    Type: String',
    ...(cluster === undefined ? [] : [`    Default: ${yamlText(cluster)}`]),
  ];
}
