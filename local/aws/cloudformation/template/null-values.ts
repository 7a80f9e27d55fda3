/** Values that were left blank, which CloudFormation refuses wherever they are. Pure. */
import { isObject, type Json } from '../json';
import { TemplateError } from '../template-error';

/** Throws TemplateError for the first one, with its path. */
export function refuseNulls(value: Json, path: string, source: string): void {
  if (value === null)
    throw new TemplateError(
      source,
      `${path} is null, and null values are not allowed in templates${path.endsWith('/Fn::GetAZs') ? ': write "" for the region of the stack' : ''}`,
    );
  if (typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    const beside = key === 'Properties' && inner === null && isObject(value) ? strayProperties(value) : [];
    if (beside.length > 0)
      throw new TemplateError(
        source,
        `${path}/${key} is empty, and ${beside.join(', ')} ${beside.length === 1 ? 'is' : 'are'} in line with it: indent what belongs to it`,
      );
    refuseNulls(inner, `${path}/${key}`, source);
  }
}

const attributes = [
  'Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata', 'UpdatePolicy',
  'CreationPolicy', 'Description', 'Version',
]; // prettier-ignore

function strayProperties(resource: Readonly<Record<string, Json>>): string[] {
  return Object.keys(resource).filter((key) => !attributes.includes(key));
}
