/** AWS::IAM::*: real ARNs, paths included, and the principals known to the local IAM. */
import { asText, type Json, type JsonObject } from '../json';
import { arnOf, inlinePolicy, managedPolicy } from './iam-policies';
import { physicalName, uniqueId } from './physical-name';
import { ResourceFailure, type ResourceType } from './resource-type';

export interface IamRegistry {
  /** `trustPolicy`: who may assume a role; left out: as it is. */
  addPrincipal(arn: string, trustPolicy?: unknown): void;
  setTrustPolicy(roleArn: string, policy: unknown): void;
  removePrincipal(arn: string): void;
}

interface Kind {
  /** `role`, as in the ARN. */
  readonly noun: string;
  readonly nameProperty: string;
  readonly idPrefix: string;
  /** Name of the attribute with the unique id. */
  readonly idAttribute?: string;
  readonly maximum: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::IAM::Role': {
    noun: 'role',
    nameProperty: 'RoleName',
    idPrefix: 'AROA',
    idAttribute: 'RoleId',
    maximum: 64,
  },
  'AWS::IAM::User': { noun: 'user', nameProperty: 'UserName', idPrefix: 'AIDA', maximum: 64 },
  'AWS::IAM::Group': { noun: 'group', nameProperty: 'GroupName', idPrefix: 'AGPA', maximum: 128 },
  'AWS::IAM::InstanceProfile': {
    noun: 'instance-profile',
    nameProperty: 'InstanceProfileName',
    idPrefix: 'AIPA',
    maximum: 128,
  },
};

/** The type, or undefined for other services. One call makes one account: names are unique in it. */
export function iamTypes(iam: IamRegistry): (type: string) => ResourceType | undefined {
  const taken = new Map<string, string>();
  const table = new Map<string, ResourceType>([
    ...Object.entries(kinds).map(([type, kind]) => [type, named(kind, iam, taken)] as const),
    ['AWS::IAM::ManagedPolicy', managedPolicy()],
    ['AWS::IAM::Policy', inlinePolicy()],
  ]);
  return (type) => table.get(type);
}

function named(
  { noun, nameProperty, idPrefix, idAttribute, maximum }: Kind,
  iam: IamRegistry,
  taken: Map<string, string>,
): ResourceType {
  const isPrincipal = noun === 'role' || noun === 'user';
  const key = (name: string): string => `${noun}/${name.toLowerCase()}`;
  return {
    attributes: ['Arn', ...(idAttribute === undefined ? [] : [idAttribute])],
    replacedBy: [nameProperty, 'Path'],
    nameProperty,
    create: (properties, context) => {
      const given = properties[nameProperty];
      const name =
        given === undefined ? physicalName(context.stackName, context.logicalId, maximum) : asText(given);
      if (taken.has(key(name))) {
        throw new ResourceFailure(
          `Resource handler returned message: "${noun[0]?.toUpperCase()}${noun.slice(1)} with name ${name} already exists. (Service: Iam, Status Code: 409)" (HandlerErrorCode: AlreadyExists)`,
        );
      }
      const arn = arnOf(noun, properties, context, name);
      taken.set(key(name), arn);
      if (isPrincipal) iam.addPrincipal(arn, trustOf(properties));
      const attributes: Record<string, Json> = {
        Arn: arn,
        ...(idAttribute === undefined ? {} : { [idAttribute]: uniqueId(idPrefix) }),
      };
      return { physicalId: name, attributes };
    },
    update: (properties, _context, current) => {
      const arn = taken.get(key(current.physicalId));
      const trust = trustOf(properties);
      if (arn !== undefined && trust !== undefined) iam.setTrustPolicy(arn, trust);
      return current;
    },
    delete: (_properties, _context, physicalId) => {
      const arn = taken.get(key(physicalId));
      taken.delete(key(physicalId));
      if (arn !== undefined && isPrincipal) iam.removePrincipal(arn);
    },
  };
}

function trustOf(properties: JsonObject): Json | undefined {
  return properties['AssumeRolePolicyDocument'];
}
