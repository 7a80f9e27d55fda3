/** XML as the AWS Query protocol writes it: lists as `<member>`, nothing for what is absent. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

/** The document for one root element in `namespace`. */
export function xml(document: { readonly [root: string]: Xml }, namespace: string): string {
  const [[root, content] = ['', '']] = Object.entries(document);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${write(content)}</${root}>\n`;
}

function write(value: Xml): string {
  if (value === undefined) return '';
  if (Array.isArray(value))
    return (value as readonly Xml[]).map((item) => `<member>${write(item)}</member>`).join('');
  if (typeof value === 'object') {
    return Object.entries(value as { readonly [name: string]: Xml })
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => `<${name}>${write(inner)}</${name}>`)
      .join('');
  }
  return escapeXml(String(value));
}

/** Characters that XML 1.0 cannot hold make the console's answer unreadable; here they are replaced. */
function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\r': '&#xD;',
  };
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
      .replace(/[&<>"\r]/g, (character) => entities[character] ?? '')
  );
}
