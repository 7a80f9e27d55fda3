/** Which ARNs of aws-auth a caller can ever have; an entry for another one lets nobody in (GT-24, GT-29 to GT-31). Pure. */
import { PARTITIONS } from '../../principal';
import { foldCase } from './decode-entry';

const NAME = '[\\w+=,.@-]+';
const MATCHABLE = new RegExp(
  `^arn:(?:${PARTITIONS.join('|')}):(?:iam::\\d{12}:(?:root|role/${NAME}|user/(?:[!-.0-~]+/)*${NAME})|sts::\\d{12}:federated-user/${NAME})$`,
);

/** Whether a caller can have this canonical ARN; letter case does not count. */
export function isMatchable(arn: string): boolean {
  return MATCHABLE.test(foldCase(arn));
}
