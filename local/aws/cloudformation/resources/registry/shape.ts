/** What the registry says of a property's value. Types. */

/**
 * `text`, `number`, `flag`: simple values, which CloudFormation turns into each other; `any`: JSON; `tag`: Key and
 * Value; `of` names a definition.
 */
export type Shape =
  | 'text'
  | 'number'
  | 'flag'
  | 'any'
  | 'tag'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly of: string }
  | { readonly either: readonly Shape[] };

export interface ObjectShape {
  readonly properties: Readonly<Record<string, Shape>>;
  /** Absent: none. */
  readonly required?: readonly string[];
}

/** One resource type as the registry has it. */
export interface TypeSchema extends ObjectShape {
  readonly attributes: readonly string[];
  /** Properties whose change makes a new physical resource. */
  readonly createOnly: readonly string[];
  readonly definitions: Readonly<Record<string, ObjectShape>>;
}
