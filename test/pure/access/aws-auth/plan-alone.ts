/** Plans of a put where nothing but aws-auth is known. */
import { type AwsAuth, type PutIntent } from '../../../../access/aws-auth/intent';
import { readOwnership } from '../../../../access/aws-auth/owners-annotation';
import { type Plan, planPut as plan } from '../../../../access/aws-auth/plan';
import { type SectionReader } from '../../../../access/aws-auth/reading/section-reader';
import { alone } from '../alone';

export { planRemove } from '../../../../access/aws-auth/plan';

export type Intent = Omit<PutIntent, 'surroundings'> & Partial<Pick<PutIntent, 'surroundings'>>;

export function planPut(current: AwsAuth, intent: Intent, reader?: SectionReader): Plan {
  const recorded = readOwnership(current.annotations).get(intent.key)?.owner;
  return plan(current, { surroundings: alone(recorded, intent.owner), ...intent }, reader);
}
