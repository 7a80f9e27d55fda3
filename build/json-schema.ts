/** JSON Schema as far as `schemas/*.schema.json` use it. Types only. */
export type JsonSchema = {
  readonly title: string;
  readonly description: string;
  readonly required?: readonly string[];
  /** Which of several properties are required: exactly one. */
  readonly oneOf?: readonly { readonly required: readonly [string] }[];
  readonly properties: Record<string, JsonSchemaProperty>;
};
export type JsonSchemaProperty = {
  readonly description: string;
  readonly type: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly items?: JsonSchemaProperty;
  readonly properties?: Record<string, JsonSchemaProperty>;
  readonly required?: readonly string[];
};
