/** The options of `iam-policy`: where the policy is to hold, and for which roles. Pure. */
import { closest } from '../access/closest';
import { partitionOf } from '../access/aws/partition';
import { PARTITIONS } from '../access/aws/partition-names';
import { type Place } from '../access/guardrails/iam/place';
import { type Roles } from '../access/guardrails/iam/policies';
import { Problem } from './problem';

export interface IamPolicyOptions {
  /** Path, or `-`. */
  readonly guardrails: string;
  readonly place: Place;
  readonly roles: Roles;
}

export const IAM_POLICY_OPTIONS = {
  guardrails: { type: 'string' },
  account: { type: 'string' },
  partition: { type: 'string' },
  'node-role': { type: 'string', multiple: true },
  'cluster-role': { type: 'string', multiple: true },
} as const;

interface Values {
  readonly guardrails?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly partition?: string | undefined;
  readonly 'node-role'?: readonly string[] | undefined;
  readonly 'cluster-role'?: readonly string[] | undefined;
}

export function iamPolicyOf({ guardrails, account, region, partition, ...roles }: Values): IamPolicyOptions {
  if (guardrails === undefined)
    throw new Problem('Name the file with the guardrails: --guardrails FILE, or - for stdin.', EXAMPLE);
  if (account === undefined || region === undefined)
    throw new Problem(
      `Say where the role is to work: --${account === undefined ? 'account' : 'region'} is missing.`,
      EXAMPLE,
    );
  if (!/^\d{12}$/.test(account))
    throw new Problem(`--account cannot be ${JSON.stringify(account)}: it has 12 digits.`);
  if (!/^[a-z]+(?:-[a-z]+)+-\d+$/.test(region))
    throw new Problem(`--region cannot be ${JSON.stringify(region)}: it is a Region such as eu-west-1.`);
  return {
    guardrails,
    place: { partition: partitionFor(partition, region), region, accountId: account },
    roles: {
      nodeRoles: rolesOf('node-role', roles['node-role']),
      clusterRoles: rolesOf('cluster-role', roles['cluster-role']),
    },
  };
}

function partitionFor(asked: string | undefined, region: string): string {
  const own = partitionOf(region);
  if (asked === undefined || asked === own) return own;
  const meant = PARTITIONS.some((name) => name === asked) ? undefined : closest(asked, PARTITIONS);
  throw new Problem(
    `--partition cannot be ${JSON.stringify(asked)}: Region ${region} is in ${own}.`,
    meant && `Did you mean ${meant}?`,
  );
}

function rolesOf(option: string, arns: readonly string[] = []): readonly string[] {
  const wrong = arns.find((arn) => !/^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn));
  if (wrong === undefined) return arns;
  throw new Problem(
    `--${option} cannot be ${JSON.stringify(wrong)}: it is the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME.`,
  );
}

const EXAMPLE =
  'eks-access iam-policy --guardrails guardrails.json --account 111122223333 --region eu-west-1';
