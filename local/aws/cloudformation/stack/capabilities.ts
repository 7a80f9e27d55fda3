/** What a caller has to acknowledge before a template with IAM resources is taken. */
import { CloudFormationError } from '../api-error';
import { type Template } from '../template/template';

const nameProperties = ['RoleName', 'UserName', 'GroupName', 'ManagedPolicyName', 'InstanceProfileName'];
const iam =
  /^AWS::IAM::(AccessKey|Group|InstanceProfile|ManagedPolicy|Policy|Role|User|UserToGroupAddition)$/;

export interface NeededCapabilities {
  readonly capabilities: readonly string[];
  readonly reason?: string;
}

export function capabilitiesOf(template: Template): NeededCapabilities {
  const found = [...template.resources.values()].filter(({ type }) => iam.test(type));
  if (found.length === 0) return { capabilities: [] };
  const named = found.some(({ properties }) =>
    nameProperties.some((name) => Object.hasOwn(properties, name)),
  );
  const types = [...new Set(found.map(({ type }) => type))].join(', ');
  return {
    capabilities: [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'],
    reason: `The following resource(s) require capabilities: [${types}]`,
  };
}

/** Throws InsufficientCapabilitiesException. */
export function checkCapabilities(template: Template, given: readonly string[]): void {
  const [needed] = capabilitiesOf(template).capabilities;
  if (needed === undefined || given.includes('CAPABILITY_NAMED_IAM') || given.includes(needed)) return;
  throw new CloudFormationError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
}
