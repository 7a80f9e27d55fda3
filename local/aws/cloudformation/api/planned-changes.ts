/** What an update would do to the resources of a stack, as DescribeChangeSet lists it. Pure. */
import { canonicalJson, type Json, type JsonObject } from '../json';
import { resolve } from '../template/resolve';
import { wantedResources } from '../stack/deployment';
import { type Operation } from '../stack/operation';
import { type ResourceState } from '../stack/resource-state';
import { type TemplateResource } from '../template/template';
import { type Xml } from './xml';

type Planned = Pick<Operation, 'stack' | 'template' | 'scope' | 'world'>;

/** What would be added, modified and removed, as far as that can be said before it happens. */
export function plannedChanges(planned: Planned): Xml[] {
  const { stack, template, scope } = planned;
  const wanted = wantedResources(template, scope);
  return [
    ...wanted.flatMap((logicalId): Xml[] => {
      const current = stack.resources.get(logicalId);
      const definition = template.resources.get(logicalId);
      if (!definition) return [];
      if (!current) return [entry('Add', logicalId, definition.type)];
      const changes = changesOf(planned, definition, current);
      if (changes.length === 0) return [];
      return [entry('Modify', logicalId, definition.type, current.physicalId, changes)];
    }),
    ...[...stack.resources.values()]
      .filter(({ logicalId }) => !wanted.includes(logicalId))
      .map((state) => entry('Remove', state.logicalId, state.type, state.physicalId)),
  ];
}

interface PropertyChange {
  readonly name: string;
  /** Whether another value of it makes a new physical resource. */
  readonly isCreateOnly: boolean;
  /** False while it depends on something that is yet to be made. */
  readonly isKnown: boolean;
}

function changesOf(
  { scope, world }: Planned,
  definition: TemplateResource,
  current: ResourceState,
): PropertyChange[] {
  const { replacedBy = [] } = world.types(definition.type) ?? {};
  const names = new Set([...Object.keys(definition.properties), ...Object.keys(current.properties)]);
  return [...names].flatMap((name) => {
    const value = valueOf(scope, definition.properties, name);
    if (value.isKnown && canonicalJson(value.value) === canonicalJson(current.properties[name])) return [];
    return [{ name, isCreateOnly: replacedBy.includes(name), isKnown: value.isKnown }];
  });
}

function valueOf(
  scope: Planned['scope'],
  properties: JsonObject,
  name: string,
): { readonly isKnown: boolean; readonly value?: Json | undefined } {
  const written = properties[name];
  if (written === undefined) return { isKnown: true };
  try {
    const resolved = resolve(written, scope, name);
    return { isKnown: true, value: resolved === undefined ? undefined : scope.fillIn(resolved) };
  } catch {
    return { isKnown: false };
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
function entry(
  action: string,
  logicalId: string,
  type: string,
  physicalId?: string,
  changes: readonly PropertyChange[] = [],
): Xml {
  const replacing = changes.filter(({ isCreateOnly }) => isCreateOnly);
  const replacement = replacing.some(({ isKnown }) => isKnown) ? 'True' : 'Conditional';
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Replacement: action === 'Modify' ? (replacing.length === 0 ? 'False' : replacement) : undefined,
      Scope: changes.length > 0 ? ['Properties'] : [],
      Details: changes.map(({ name, isCreateOnly, isKnown }) => ({
        Target: {
          Attribute: 'Properties',
          Name: name,
          RequiresRecreation: isCreateOnly ? (isKnown ? 'Always' : 'Conditionally') : 'Never',
        },
        Evaluation: isKnown ? 'Static' : 'Dynamic',
        ChangeSource: 'DirectModification',
      })),
    },
  };
}
