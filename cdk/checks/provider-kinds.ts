/**
 * Props of a provider that are of the wrong kind, text in the place of a construct for instance, which JavaScript and `any`
 * let through: each gets a sentence instead of an error about something inside of CDK, or a deployment that fails.
 */
import { Token } from 'aws-cdk-lib';
import { FollowMode } from '../follow-mode';
import { HealRecreatedRoles } from '../heal-recreated-roles';
import { type EksAccessProviderProps } from '../provider-props';
import { checkDuration, refuseOthers, shown } from './given';

type Prop = keyof EksAccessProviderProps;

interface Kind {
  /** What every value of the kind has. */
  readonly member: string;
  readonly name: string;
  /** How one is made of text. */
  readonly instead: string;
}

const TOPIC: Kind = {
  member: 'topicArn',
  name: 'an SNS topic',
  instead: "sns.Topic.fromTopicArn(this, 'Topic', ARN)",
};

const KINDS: Readonly<Partial<Record<Prop, Kind>>> = {
  alarmTopic: TOPIC,
  foreignChangesTopic: TOPIC,
  encryptionKey: {
    member: 'keyArn',
    name: 'a KMS key',
    instead: "kms.Key.fromKeyArn(this, 'Key', ARN)",
  },
  vpc: { member: 'selectSubnets', name: 'a VPC', instead: 'ec2.Vpc.fromLookup or fromVpcAttributes' },
  role: {
    member: 'assumeRoleAction',
    name: 'an IAM role',
    instead: "iam.Role.fromRoleArn(this, 'Role', ARN)",
  },
  permissionsBoundary: {
    member: 'managedPolicyArn',
    name: 'a managed policy',
    instead: "iam.ManagedPolicy.fromManagedPolicyArn(this, 'Boundary', ARN)",
  },
};

const ROLE: Kind = {
  member: 'roleRef',
  name: 'an IAM role',
  instead: "iam.Role.fromRoleArn(this, 'Role', ARN)",
};

const SWITCHES: readonly Prop[] = [
  'dashboard',
  'fipsEndpoints',
  'permissionSets',
  'setUpRights',
  'tracing',
  'vpcEndpoints',
];
const OBJECTS: readonly Prop[] = ['clusterRoles', 'environment', 'guardrails'];
const LISTS: readonly Prop[] = ['nodeRoles', 'securityGroups'];

/** By prop: the name of its enumeration, and what it has. */
const ENUMERATIONS: Readonly<Partial<Record<Prop, readonly [string, object]>>> = {
  followMode: ['FollowMode', FollowMode],
  healRecreatedRoles: ['HealRecreatedRoles', HealRecreatedRoles],
};

/** Whole numbers that Lambda takes. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const MEMORY = { least: 128, most: 10_240 };
const MOST_SECONDS = 900;

/** Throws Error, naming the prop. */
export function checkKinds(props: EksAccessProviderProps): void {
  for (const [prop, kind] of Object.entries(KINDS)) check(prop, props[prop as Prop], kind);
  const given = (prop: Prop): unknown => (Token.isUnresolved(props[prop]) ? undefined : props[prop]);
  for (const prop of SWITCHES) {
    const value = given(prop);
    if (value !== undefined && typeof value !== 'boolean')
      throw new Error(`${prop} is ${shown(value)}: give true or false`);
  }
  for (const prop of LISTS) {
    const value = given(prop);
    if (value !== undefined && !Array.isArray(value))
      throw new Error(`${prop} is ${shown(value)}: give a list`);
  }
  for (const prop of OBJECTS) {
    const value = given(prop);
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
      throw new Error(`${prop} is ${shown(value)}: give an object`);
  }
  for (const [prop, [name, members]] of Object.entries(ENUMERATIONS)) {
    const value = given(prop as Prop);
    if (value !== undefined && !Object.values(members).includes(value)) {
      const all = Object.keys(members).map((member) => `${name}.${member}`);
      throw new Error(`${prop} is ${shown(value)}: give one of ${all.join(', ')}`);
    }
  }
  for (const [name, value] of Object.entries(props.environment ?? {}) as [string, unknown][])
    if (typeof value !== 'string') throw new Error(`environment.${name} is ${shown(value)}: give text`);
  checkLimits(props);
  checkClusterRoles(props);
  (props.nodeRoles ?? []).forEach((role, index) => check(`nodeRoles[${index}]`, role, ROLE));
}

function checkLimits({ memorySize, timeout, followEvery }: EksAccessProviderProps): void {
  if (followEvery !== undefined) checkDuration(followEvery, 'followEvery');
  if (memorySize !== undefined && !Token.isUnresolved(memorySize)) {
    const { least, most } = MEMORY;
    if (!Number.isInteger(memorySize) || memorySize < least || memorySize > most)
      throw new Error(`memorySize is ${shown(memorySize)}: give whole MB from ${least} to ${most}`);
  }
  if (timeout === undefined) return;
  checkDuration(timeout, 'timeout');
  const seconds: number = timeout.toSeconds({ integral: false });
  if (!Token.isUnresolved(seconds) && seconds > MOST_SECONDS)
    throw new Error(`timeout is ${seconds} s: Lambda runs a function for ${MOST_SECONDS} s at most`);
}

function checkClusterRoles({ clusterRoles = {} }: EksAccessProviderProps): void {
  for (const [cluster, given] of Object.entries(clusterRoles) as [string, unknown][]) {
    const prop = `clusterRoles[${JSON.stringify(cluster)}]`;
    if (typeof given !== 'object' || given === null)
      throw new Error(`${prop} is ${shown(given)}: give { role, externalId }`);
    refuseOthers(['role', 'externalId'], given, ` of ${prop}`);
    check(`${prop}.role`, (given as { readonly role?: unknown }).role ?? null, ROLE);
  }
}

function check(prop: string, value: unknown, { member, name, instead }: Kind): void {
  if (value === undefined || (typeof value === 'object' && value !== null && member in value)) return;
  throw new Error(`${prop} is ${shown(value)}, which is not ${name}: give ${instead}`);
}
