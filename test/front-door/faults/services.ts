/** The services that the function asks, and what it is asked for so that it does: rows of a table in docs/faults.md. */
import { ENVIRONMENT } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import { both, TYPE } from '../scenarios/authentication-mode/mode';
import { type World } from '../scenarios/world';
import { askedAccess, givenAccess } from './given-access';

const CREATOR = 'arn:aws:iam::111122223333:role/creator';
const SET_ROLE =
  'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
export const ROLE = 'arn:aws:iam::111122223333:role/team/foo';

export interface Service {
  /** As the table has it. */
  readonly name: string;
  /** Variable that says where the service is; undefined: EKS says it, of the Kubernetes API. */
  readonly variable?: string;
  readonly mode: AuthenticationMode;
  readonly url: (world: World) => string;
  readonly roleArn?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Default Custom::EksMapRolesEntry, of the role. */
  readonly resourceType?: string;
  /** What a failure says, and a stack author can tell by what was not reached (CR-58); undefined: no answer says it. */
  readonly inReason?: RegExp;
  /** Reads of an update of EKS until it has ended; default 1. */
  readonly updateReads?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly creatorArn?: string;
}

export const mapping = { Cluster: 'my-cluster', RoleArn: ROLE, UserName: 'joe', Groups: ['a'] };

export const SERVICES: readonly Service[] = [
  {
    name: 'EKS',
    variable: 'AWS_ENDPOINT_URL_EKS',
    mode: 'API',
    url: ({ aws }) => aws.endpoints.eks,
    inReason: /^ServiceUnavailable: EKS failed or could not be reached: no answer from \S+ \([A-Z_]+\)/,
  },
  {
    name: 'the Kubernetes API',
    mode: 'CONFIG_MAP',
    url: ({ cluster }) => cluster.endpoint,
    inReason:
      /^ServiceUnavailable: the Kubernetes API of cluster my-cluster could not be reached|^InvalidRequest: the certificate of cluster my-cluster's Kubernetes API/,
  },
  {
    name: 'CloudFormation',
    variable: 'AWS_ENDPOINT_URL_CLOUDFORMATION',
    mode: 'API',
    url: ({ stackApi }) => stackApi.url,
  },
  {
    name: 'STS',
    variable: 'AWS_ENDPOINT_URL_STS',
    mode: 'CONFIG_MAP',
    url: ({ aws }) => aws.endpoints.sts,
    inReason:
      /^ServiceUnavailable: .* no answer from \S+ \([A-Z_]+\); a function in a VPC needs a route to STS/,
    environment: { [ENVIRONMENT.clusterRoles]: JSON.stringify({ 'my-cluster': CREATOR }) },
    creatorArn: CREATOR,
  },
  {
    name: 'IAM',
    variable: 'AWS_ENDPOINT_URL_IAM',
    mode: 'API',
    url: ({ aws }) => aws.endpoints.iam,
    inReason: /^ServiceUnavailable: IAM was not reached: no answer from \S+ \([A-Z_]+\)/,
    roleArn: SET_ROLE,
    properties: { Cluster: 'my-cluster', PermissionSet: 'Admin', UserName: 'joe', Groups: ['a'] },
  },
  {
    // Asked where a change of the mode takes longer than an invocation, and there are seconds left to pass it on.
    name: 'Lambda (the hand-over)',
    variable: 'AWS_ENDPOINT_URL_LAMBDA',
    mode: 'CONFIG_MAP',
    url: ({ aws }) => aws.endpoints.lambda,
    inReason:
      /^ServiceUnavailable: the provider could not invoke itself .*no answer from \S+ \([A-Z_]+\); a function in a VPC/,
    resourceType: TYPE,
    properties: { ...both },
    updateReads: 14,
  },
  {
    name: 'S3 (the answer)',
    variable: ENVIRONMENT.responseHosts,
    mode: 'API',
    url: ({ aws }) => aws.endpoints.answerBucket,
  },
];

/** What was asked for, and what there is of it. */
export function askedOf({ resourceType, roleArn = ROLE, properties = mapping }: Service, { cluster }: World) {
  if (resourceType !== TYPE) return { asked: askedAccess(properties), given: givenAccess(cluster, roleArn) };
  const updates = cluster.updates().filter(({ type }) => type === 'AccessConfigUpdate').length;
  return { asked: `${both.Mode} by 1 update`, given: `${cluster.authenticationMode} by ${updates} update` };
}
