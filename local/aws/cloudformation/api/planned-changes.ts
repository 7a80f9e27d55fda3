/** What an update would do to the resources of a stack, as DescribeChangeSet lists it. Pure. */
import { changedProperties } from '../resources/resource-type';
import { resolveProperties, wantedResources } from '../stack/deployment';
import { type Operation } from '../stack/operation';
import { type Xml } from './xml';

/** What would be added, modified and removed, as far as that can be said before it happens. */
export function plannedChanges({
  stack,
  template,
  scope,
}: Pick<Operation, 'stack' | 'template' | 'scope'>): Xml[] {
  const wanted = wantedResources(template, scope);
  const entry = (action: string, logicalId: string, type: string, physicalId?: string): Xml => ({
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Scope: [],
      Details: [],
    },
  });
  const changed = (logicalId: string): boolean => {
    const definition = template.resources.get(logicalId);
    const current = stack.resources.get(logicalId);
    try {
      return (
        !definition ||
        !current ||
        changedProperties(resolveProperties(definition, scope, logicalId), current.properties).length > 0
      );
    } catch {
      // It depends on something that is yet to be made.
      return true;
    }
  };
  return [
    ...wanted.flatMap((logicalId): Xml[] => {
      const current = stack.resources.get(logicalId);
      const type = template.resources.get(logicalId)?.type ?? '';
      if (!current) return [entry('Add', logicalId, type)];
      return changed(logicalId) ? [entry('Modify', logicalId, type, current.physicalId)] : [];
    }),
    ...[...stack.resources.values()]
      .filter(({ logicalId }) => !wanted.includes(logicalId))
      .map((state) => entry('Remove', state.logicalId, state.type, state.physicalId)),
  ];
}
