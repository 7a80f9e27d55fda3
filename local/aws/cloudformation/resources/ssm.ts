/** AWS::SSM::Parameter: its value can be read by parameters of type AWS::SSM::Parameter::Value<…>. */
import { type ParameterStore } from '../../ssm/parameter-store';
import { physicalName } from './physical-name';
import { type Provisioned, type ResourceContext, type ResourceType } from './resource-type';
import { asText, type JsonObject } from '../json';

export function ssmParameter(store: ParameterStore): ResourceType {
  const put = (name: string, properties: JsonObject): Provisioned => {
    const value = asText(properties['Value']);
    store.set(name, value);
    return { physicalId: name, attributes: { Type: properties['Type'] ?? 'String', Value: value } };
  };
  return {
    attributes: ['Type', 'Value'],
    replacedBy: ['Name'],
    nameProperty: 'Name',
    create: (properties, { stackName, logicalId }: ResourceContext) => {
      const given = properties['Name'];
      return put(typeof given === 'string' ? given : `CFN-${physicalName(stackName, logicalId)}`, properties);
    },
    update: (properties, _context, current) => put(current.physicalId, properties),
    delete: (_properties, _context, physicalId) => void store.delete(physicalId),
  };
}
