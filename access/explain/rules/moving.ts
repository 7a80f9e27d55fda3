/** What an entry of aws-auth meets on the way to an access entry (GT-75, GT-84 to GT-86). */
import { isServiceLinkedRole, parsePrincipalArn } from '../../principal';
import { undefinedIfRefused } from '../../errors';
import { accessEntryOf, realArnsIn } from '../as-access-entry';
import { whoOf } from '../who';
import { type Draft } from './draft';
import { type RuleView, stretchOf, valueOf } from './values';

/** Of accounts, of roles of AWS services and of what never matches other rules tell. */
export function* movingRules(view: RuleView): Generator<Draft> {
  const realArns = realArnsIn(view.cluster);
  for (const found of view.counting) {
    const { entry, loaded } = found;
    const principal = undefinedIfRefused(() => parsePrincipalArn(loaded.arn, 'the ARN'));
    if (principal === undefined || isServiceLinkedRole(principal)) continue;
    const translated = accessEntryOf(loaded, principal, realArns);
    if ('unsupported' in translated) {
      yield {
        rule: 'cannot-move',
        entry,
        at: stretchOf(found, valueOf(found, 'arn')),
        sentence: `No access entry can give what this entry gives ${whoOf(entry.principal)}.`,
        effect: `In mode API it cannot log in: ${translated.unsupported}.`,
      };
      continue;
    }
    const { principalArn } = translated.entry;
    if (translated.arn === 'as written' || principalArn === loaded.arn) continue;
    yield {
      rule: 'needs-real-arn',
      entry,
      at: stretchOf(found, valueOf(found, 'arn')),
      sentence: `The access entry of ${whoOf(entry.principal)} needs the ARN that IAM has, with path and letter case.`,
      effect: `That is ${principalArn}${translated.arn === 'real' ? '' : ', with the Region that IAM has in it'}; aws-auth needs it as it is here.`,
    };
  }
}
