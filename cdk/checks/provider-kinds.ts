/**
 * Props of a provider that are of the wrong kind, text in the place of a construct for instance, which JavaScript and `any`
 * let through: each gets a sentence instead of an error about something inside of CDK.
 */
import { type EksAccessProviderProps } from '../provider-props';
import { shown } from './given';

interface Kind {
  /** What every value of the kind has. */
  readonly member: string;
  readonly name: string;
  /** How one is made of text or a number. */
  readonly instead: string;
}

const TOPIC: Kind = {
  member: 'topicArn',
  name: 'an SNS topic',
  instead: "sns.Topic.fromTopicArn(this, 'Topic', ARN)",
};
const DURATION: Kind = {
  member: 'toSeconds',
  name: 'a Duration',
  instead: 'Duration.seconds(60), for instance',
};

const KINDS: Readonly<Partial<Record<keyof EksAccessProviderProps, Kind>>> = {
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
  timeout: DURATION,
  followEvery: DURATION,
};

const ROLE: Kind = {
  member: 'roleRef',
  name: 'an IAM role',
  instead: "iam.Role.fromRoleArn(this, 'Nodes', ARN)",
};

/** Throws Error, naming the prop. */
export function checkKinds(props: EksAccessProviderProps): void {
  for (const [prop, kind] of Object.entries(KINDS)) check(prop, props[prop as keyof typeof KINDS], kind);
  (props.nodeRoles ?? []).forEach((role, index) => check(`nodeRoles[${index}]`, role, ROLE));
}

function check(prop: string, value: unknown, { member, name, instead }: Kind): void {
  if (value === undefined || (typeof value === 'object' && value !== null && member in value)) return;
  throw new Error(`${prop} is ${shown(value)}, which is not ${name}: give ${instead}`);
}
