/** A ConfigMap for the tests of plans: one entry between neighbours, whoever's it is. */
import { OWNERS_ANNOTATION } from '../../../../access/contract';
import { type IdentityMapping, type PrincipalMapping } from '../../../../access/aws-auth/identity-mapping';
import { type Plan } from '../../../../access/aws-auth/plan';
import {
  readOwnership,
  writeOwnership,
  type EntryRecord,
  type OwnershipRecords,
} from '../../../../access/aws-auth/owners-annotation';
import { type ExistingEntry } from '../../../../access/desired-access';
import { type Owner } from '../../../../access/owner';
import { type AwsAuth, type RemoveIntent } from '../../../../access/aws-auth/intent';
import { type Intent } from './plan-alone';

export const ARN = 'arn:aws:iam::111122223333:role/foo';
export const KEY = ARN;
const stack = (name: string): string => `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/guid`;
export const OURS: Owner = { stackId: stack('app'), logicalId: 'Entry' };
export const SIBLING: Owner = { stackId: stack('app'), logicalId: 'Old' };
export const OTHER: Owner = { stackId: stack('other'), logicalId: 'Theirs' };

export const MAPPING: PrincipalMapping = {
  section: 'mapRoles',
  arn: ARN,
  username: 'joe',
  groups: ['team-a'],
};
export const BEFORE =
  '# nodes\n- groups: ["system:bootstrappers", "system:nodes"]\n  rolearn: arn:aws:iam::111122223333:role/nodes\n  username: system:node:{{EC2PrivateDNSName}}\n';
export const AFTER =
  '# Zoe’s\n- rolearn: arn:aws:iam::111122223333:role/zoe # do not touch\n  groups: [ops]\n';
/** `MAPPING` as another tool would write it. */
export const EQUAL = `- username: 'joe' # kept\n  "rolearn": ${ARN}\n  groups: [team-a]\n`;
export const DIFFERENT = `- rolearn: ${ARN} # theirs\n  username: theirs\n  groups:\n  - ops\n`;

export const ADMIN = `- rolearn: ${ARN}\n  groups: ["system:masters"]\n`;
/** A user whose path has changed since. */
export const PATHED =
  '- userarn: arn:aws:iam::111122223333:user/old/Zoe # here\n  username: joe\n  groups: [team-a]\n';

/** As the API server gives them: in the order of their keys. */
export function annotationsWith(records: OwnershipRecords | undefined): AwsAuth['annotations'] {
  const written = writeOwnership({ apple: '1', zebra: '2' }, records ?? new Map());
  return Object.fromEntries(Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function given(mapRoles: string | undefined, record?: EntryRecord, others: object = {}): AwsAuth {
  return {
    data: { ...(mapRoles === undefined ? {} : { mapRoles }), ...others },
    annotations: annotationsWith(record && new Map([[KEY, record]])),
  };
}

export const put = (intent: Partial<Intent> = {}): Intent => ({
  key: KEY,
  mapping: MAPPING,
  owner: OURS,
  existingEntry: 'FAIL',
  isNew: true,
  ...intent,
});
export const adopting = (
  existingEntry: ExistingEntry,
  owner: Owner = OURS,
  mapping: IdentityMapping = MAPPING,
) => put({ existingEntry, owner, mapping });
export const removing = (intent: Partial<RemoveIntent> = {}): RemoveIntent => ({
  key: KEY,
  owner: OURS,
  lastKnown: MAPPING,
  ...intent,
});

/** The ConfigMap after the plan. */
export function after(current: AwsAuth, plan: Plan): AwsAuth {
  return plan.write ?? current;
}

export function recordAt({ annotations }: AwsAuth, key = KEY): EntryRecord | undefined {
  return readOwnership(annotations).get(key);
}

/** Everything but the record, which has its own look. */
export function foreignAnnotations({ annotations }: AwsAuth): object {
  const { [OWNERS_ANNOTATION]: _, ...others } = annotations;
  return others;
}
