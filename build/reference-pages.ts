/** The property tables that people read: one page a resource type under `docs/reference/`. */
import { withRuleLinks } from './rule-links';
import { type JsonSchema, type JsonSchemaProperty } from './json-schema';

const RULES = '../rules.md';

const resourceTypes: Record<string, string> = {
  'eks-map-roles-entry': 'Custom::EksMapRolesEntry',
  'eks-map-users-entry': 'Custom::EksMapUsersEntry',
  'eks-map-accounts-entry': 'Custom::EksMapAccountsEntry',
  'eks-access-entry': 'Custom::EksAccessEntry',
  'eks-authentication-mode': 'Custom::EksAuthenticationMode',
};

function typeOf(property: JsonSchemaProperty): string {
  if (property.enum) return property.enum.map((value) => `\`${value}\``).join(', ');
  if (property.type === 'array') {
    const items = property.items;
    if (items?.properties) {
      const inner = Object.entries(items.properties).map(
        ([name, value]) => `${name}: ${objectOrType(value)}`,
      );
      return `list of { ${inner.join(', ')} }`;
    }
    return `list of ${items?.type ?? 'string'}s`;
  }
  return property.type;
}

function objectOrType(property: JsonSchemaProperty): string {
  if (!property.properties)
    return property.type === 'array' ? `[${property.items?.type ?? ''}]` : property.type;
  const inner = Object.entries(property.properties).map(([name, value]) => `${name}: ${objectOrType(value)}`);
  return `{ ${inner.join(', ')} }`;
}

function defaultOf(name: string, property: JsonSchemaProperty, required: readonly string[]): string {
  if (required.includes(name)) return '**required**';
  return property.default === undefined ? '' : `\`${JSON.stringify(property.default)}\``;
}

/** A Markdown table of a schema's properties; `|` inside cells is escaped. */
function propertyTable(schema: JsonSchema): string {
  const required = schema.required ?? [];
  const rows = Object.entries(schema.properties).map(([name, property]) =>
    [`\`${name}\``, typeOf(property), defaultOf(name, property, required), property.description]
      .map((cell) => withRuleLinks(cell.replaceAll('|', '\\|'), RULES))
      .join(' | '),
  );
  return [
    '| property | type | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

const generatedNote = '<!-- Generated from schemas/ by `npm run generate`. Do not edit. -->';

export function referencePages(schemas: ReadonlyMap<string, JsonSchema>): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const [name, schema] of schemas) {
    const title = resourceTypes[name] ?? 'Guardrails (EKS_ACCESS_GUARDRAILS)';
    pages.set(
      `docs/reference/${name}.md`,
      `${generatedNote}\n\n# ${title}\n\n${withRuleLinks(schema.description, RULES)}\n\n${propertyTable(schema)}\n`,
    );
  }
  return pages;
}
