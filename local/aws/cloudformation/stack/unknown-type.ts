/** Why a resource type cannot be had here, and which one may have been meant. Pure. */
import { AWS_TYPES } from '../resources/registry/registry';
import { editDistance } from '../template/suggestion';

/** Names that guides and other tools use for something that a type of CloudFormation has as a property. */
const belongsElsewhere: Readonly<Record<string, string>> = {
  'AWS::EKS::AccessPolicyAssociation': 'AccessPolicies is a property of AWS::EKS::AccessEntry',
  'AWS::IAM::RolePolicyAttachment': 'ManagedPolicyArns is a property of AWS::IAM::Role',
  'AWS::EKS::NodeGroup': 'did you mean "AWS::EKS::Nodegroup"?',
};

/** What follows the logical id in the message. */
export function unknownType(type: string, customTypes: readonly string[]): string {
  if (/[“”‘’„]/.test(type))
    return `has curly quotation marks in its type ${type}: write straight ones, or none`;
  const has = `has the type "${type}", which`;
  if (AWS_TYPES.includes(type))
    return `${has} the local AWS does not have: leave the resource out here, and pass what it would give in as parameters`;
  if (/::MODULE$/.test(type)) return `${has} is a module of the CloudFormation registry: it cannot run here`;
  if (/^AWS::/.test(type) || /^Custom:/i.test(type))
    return `${has} is no type of CloudFormation${meant(type, customTypes)}`;
  if (/^[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2}$/.test(type))
    return `${has} is a type of the CloudFormation registry: only types of AWS and custom resources can run here`;
  return `${has} CloudFormation does not know: types begin with AWS:: or Custom::${closest(type, customTypes)}`;
}

function meant(type: string, customTypes: readonly string[]): string {
  const elsewhere = belongsElsewhere[type];
  if (elsewhere !== undefined) return `: ${elsewhere}`;
  const [, service = ''] = type.split('::');
  const sameService = AWS_TYPES.filter((name) =>
    name.toLowerCase().startsWith(`aws::${service.toLowerCase()}::`),
  );
  return closest(type, [...sameService, ...customTypes]) || closest(type, AWS_TYPES);
}

const letters = (type: string): string => type.replace(/^(AWS|Custom)::|[^A-Za-z0-9]/g, '').toLowerCase();

/** The nearest name, when no more than one letter in six is another. */
function closest(type: string, names: readonly string[]): string {
  const wanted = letters(type);
  const near = names
    .map(
      (name) => [letters(name).startsWith(wanted) ? 1 : editDistance(wanted, letters(name)), name] as const,
    )
    .filter(([distance]) => distance <= Math.max(2, Math.floor(wanted.length / 6)))
    .sort(([left], [right]) => left - right)[0];
  return near ? `: did you mean "${near[1]}"?` : '';
}
