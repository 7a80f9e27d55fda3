/**
 * Properties of a mapping as far as they are known when the stack is synthesised. What is not (tokens) is replaced by
 * something valid, field by field, so that everything else can be checked by the function's own code.
 */
import { Aws, type Stack, Token } from 'aws-cdk-lib';
import { partitionOf } from '../../access/aws/partition';
import { isLater } from './later';

/** Where a stack is, with something valid where that is not known. */
export interface Whereabouts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly isRegionKnown: boolean;
  readonly isAccountKnown: boolean;
}

export function whereaboutsOf({ account, region }: Pick<Stack, 'account' | 'region'>): Whereabouts {
  const isRegionKnown = !Token.isUnresolved(region);
  const isAccountKnown = !Token.isUnresolved(account);
  return {
    partition: isRegionKnown ? partitionOf(region) : 'aws',
    region: isRegionKnown ? region : 'us-east-1',
    accountId: isAccountKnown ? account : '111122223333',
    isRegionKnown,
    isAccountKnown,
  };
}

/** Begins every stand-in of text that a template may choose; in small letters, it can be a namespace too. */
const MARK = 'known-at-deployment';

/** Valid values of the required properties; optional ones that are tokens are left out. */
const STAND_INS: Readonly<Record<string, string>> = {
  ServiceToken: 'service-token',
  Cluster: 'cluster',
  ClusterName: 'cluster',
  RoleArn: 'arn:aws:iam::111122223333:role/stand-in',
  UserArn: 'arn:aws:iam::111122223333:user/stand-in',
  PrincipalArn: 'arn:aws:iam::111122223333:role/stand-in',
  PermissionSet: 'stand-in',
  AccountId: '111122223333',
  Mode: 'API_AND_CONFIG_MAP',
};

/** CloudFormation fills in plain ssm references before the function sees them; it fills in no others here. */
const FILLED_IN = /\{\{resolve:ssm:/;

export function isStandIn(text: string): boolean {
  return text.startsWith(MARK);
}

/** What is known of the properties of one resource in one stack. */
export class KnownProperties {
  /** Valid wherever the original is. */
  readonly withStandIns: Readonly<Record<string, unknown>>;

  constructor(
    private readonly original: Readonly<Record<string, unknown>>,
    private readonly whereabouts: Whereabouts,
  ) {
    this.withStandIns = Object.fromEntries(
      Object.entries(original).flatMap(([name, value]) => {
        if (!this.isUnknown(value)) return [[name, this.fill(value, name)]];
        return name in STAND_INS ? [[name, STAND_INS[name]]] : [];
      }),
    );
  }

  /** Whether the property was given and is text that is known, with the stack's account where it names that. */
  isKnown(name: string): boolean {
    const value = this.original[name];
    if (typeof value !== 'string' || this.isUnknown(value)) return false;
    return this.whereabouts.isAccountKnown || !value.includes(Aws.ACCOUNT_ID);
  }

  /** Whether the property, a list, was given and has items that are not known. */
  hasUnknown(name: string): boolean {
    const value = this.original[name];
    if (value === undefined) return false;
    return this.isUnknown(value) || (Array.isArray(value) && value.some((item) => this.isUnknown(item)));
  }

  private isUnknown(value: unknown): boolean {
    const known = this.withPseudoParameters(value);
    return isLater(known) || (typeof known === 'string' && FILLED_IN.test(known));
  }

  private withPseudoParameters(value: unknown): unknown {
    if (typeof value !== 'string') return value;
    const { partition, region, accountId } = this.whereabouts;
    return value
      .replaceAll(Aws.PARTITION, partition)
      .replaceAll(Aws.REGION, region)
      .replaceAll(Aws.ACCOUNT_ID, accountId);
  }

  /** `place` keeps stand-ins in one list different from each other. */
  private fill(value: unknown, place: string): unknown {
    const standIn = `${MARK}-${place.toLowerCase()}`;
    if (Array.isArray(value)) {
      if (Token.isUnresolved(value)) return [standIn];
      return value.map((item, index) => this.fill(item, `${place}-${index}`));
    }
    if (this.isUnknown(value)) return standIn;
    if (typeof value !== 'object' || value === null) return this.withPseudoParameters(value);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.fill(item, `${place}-${key}`)]),
    );
  }
}
