/** A reference to a resource of the App whose value cannot be what the property takes, as the name of a role for its ARN. */
import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';

const ROLE = 'AWS::IAM::Role';
const USER = 'AWS::IAM::User';
/** The second is what CDK makes a cluster by, with kubectl at hand. */
const CLUSTERS = ['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'];

/** None of their attributes is an ARN that can be mapped; types that are not here may have one. */
const NO_PRINCIPALS: Readonly<Record<string, string>> = {
  'AWS::IAM::Group': 'an IAM group, which cannot log in',
  'AWS::IAM::InstanceProfile': 'an instance profile: give the role that is inside it',
  'AWS::IAM::ManagedPolicy': 'a policy',
  'AWS::Lambda::Function': 'a function: give its role',
};

/** Throws where the whole value is such a reference. */
export function refuseWrongReferences(properties: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(properties)) {
    const found = typeof value === 'string' ? referenceIn(value) : undefined;
    const wrong = found && wrongOf(name, found);
    if (wrong !== undefined) throw new Error(`${name} is ${wrong}`);
  }
}

interface Named {
  readonly type: string;
  /** `Ref`, or what Fn::GetAtt asks for. */
  readonly attribute: string;
  readonly path: string;
}

function wrongOf(property: string, { type, attribute, path }: Named): string | undefined {
  const what = attribute === 'Ref' ? 'the name' : `the ${attribute}`;
  switch (property) {
    case 'Cluster':
    case 'ClusterName':
      return CLUSTERS.includes(type) && !['Ref', 'Name', 'ClusterName'].includes(attribute)
        ? `${what} of the cluster ${path}, and takes its name: give the cluster itself as cluster`
        : undefined;
    case 'RoleArn':
      if (type === USER) return `of the user ${path}: use EksMapUsersEntry`;
      break;
    case 'UserArn':
      if (type === ROLE) return `of the role ${path}: use EksMapRolesEntry`;
      break;
    case 'PrincipalArn':
      break;
    default:
      return undefined;
  }
  const noPrincipal = NO_PRINCIPALS[type];
  if (noPrincipal !== undefined) return `${what} of ${path}, ${noPrincipal}`;
  if ((type !== ROLE && type !== USER) || attribute === 'Arn') return undefined;
  const kind = type === ROLE ? 'role' : 'user';
  return `${what} of the ${kind} ${path}, and takes its ARN: give the ${kind} itself as ${kind}`;
}

/** The reference that the text is, and nothing beside it. */
function referenceIn(value: string): Named | undefined {
  if (!Token.isUnresolved(value)) return undefined;
  const { length, firstToken } = Tokenization.reverseString(value);
  if (length !== 1 || firstToken === undefined || !Reference.isReference(firstToken)) return undefined;
  const { target, displayName } = firstToken;
  if (!CfnResource.isCfnResource(target)) return undefined;
  return {
    type: target.cfnResourceType,
    attribute: displayName,
    path: target.node.path.replace(/\/Resource$/, ''),
  };
}
