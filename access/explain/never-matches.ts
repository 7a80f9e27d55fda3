/** ARNs that no caller ever has, so that an entry for them lets nobody in (GT-24, GT-29 to GT-31). Pure. */
import { foldCase } from '../aws-auth/reading/decode-entry';
import { isMatchable } from '../aws-auth/reading/matchable';
import { PARTITIONS } from '../principal';
import { SHAPES, type Why } from './never-matching-shapes';
import { limited } from './sentence';
import { principalKeyOf } from '../principal-key';

export interface NeverMatches {
  readonly rule: 'role-arn-path' | 'principal-never-matches' | 'sso-needs-gate';
  /** For people: `written with its path, so it matches nobody`. */
  readonly clause: string;
  /** At most 160 characters. */
  readonly sentence: string;
  /** What matches, where the text says it; undefined where only a person knows. */
  readonly instead: string | undefined;
}

/** Undefined where a caller can have it. */
export function neverMatches(arn: string): NeverMatches | undefined {
  if (isMatchable(arn)) return undefined;
  const instead = repaired(arn);
  const path = pathOf(arn);
  if (path !== undefined) {
    return {
      rule: 'role-arn-path',
      clause: 'written with its path, so it matches nobody',
      sentence: limited('A role ARN with a path matches nobody: remove ', path, '.'),
      instead,
    };
  }
  const [clause, sentence] = whyOf(arn);
  return { rule: 'principal-never-matches', clause, sentence, instead };
}

/** Of whom the entry is about, whether or not its ARN matches anybody. */
export function meantKeyOf(principal: string): string {
  return principalKeyOf(neverMatches(principal)?.instead ?? principal);
}

/** `aws-reserved/sso.amazonaws.com/eu-west-1/`; undefined where the text is no role ARN with a path. */
export function pathOf(arn: string): string | undefined {
  return /^\s*arn:[^:\s]*:iam::[^:\s]*:role\/((?:[^/\s*<>]+\/)+)[^/\s*<>]+\s*$/i.exec(arn)?.[1];
}

function whyOf(arn: string): Why {
  const known = SHAPES.find(([shape]) => shape.test(arn))?.[1];
  if (known !== undefined) return known;
  const [, partition = '', region, account = ''] =
    /^arn:([^:]*):(?:iam|sts):([^:]*):([^:]*):/i.exec(arn) ?? [];
  if (region === undefined)
    return [
      'not the ARN of a role or user, so it matches nobody',
      limited('', shown(arn), ' is not an ARN of a role or user, as arn:aws:iam::ACCOUNT:role/NAME is.'),
    ];
  if (region !== '')
    return [
      'its ARN has a Region, so it matches nobody',
      'IAM ARNs have no Region: nothing stands between the two colons before the account id.',
    ];
  if (!/^\d{12}$/.test(account))
    return [
      `its account id has ${account.length} characters, so it matches nobody`,
      limited('', shown(account), ' is not an account id: those have 12 digits.'),
    ];
  if (!(PARTITIONS as readonly string[]).includes(foldCase(partition)))
    return [
      'its partition does not exist, so it matches nobody',
      limited('', shown(partition), ` is not a partition: write one of ${PARTITIONS.join(', ')}.`),
    ];
  return [
    'not the ARN of a role or user, so it matches nobody',
    'Callers are roles, users, root or federated users of STS: no other ARN matches.',
  ];
}

/** With colons and slashes in each other's place, or one too many; with the plural, and an account as consoles show it. */
const WRITTEN =
  /^(?:arn:)?(aws[a-z-]*):(?:iam|sts):{1,3}(\d{4}[- ]?\d{4}[- ]?\d{4})[:/]+(role|user)s?[:/](.+)$/i;

/** Angle brackets, typographic quotes, white space, Region, session and path taken away; the order of an ARN made. Undefined where that is not enough. */
function repaired(arn: string): string | undefined {
  const text = arn
    .replace(/^[\s<“”„‘’]+|[\s>“”‘’]+$/g, '')
    .replace(/^(arn:[^:]*:(?:iam|sts)):([a-z]{2}-[^:]*):(\d{12}:)/i, '$1::$3')
    .replace(WRITTEN, (_, partition: string, account: string, kind: string, name: string) =>
      ['arn', partition, 'iam', '', account.replaceAll(/\D/g, ''), `${kind}/${name}`].join(':'),
    )
    .replace(
      /^arn:([^:]*):(?:sts|iam)::(\d{12}):assumed-role\/([^/]+)(?:\/[^/]*)?$/i,
      'arn:$1:iam::$2:role/$3',
    )
    .replace(/^(arn:[^:]*:iam::\d{12}:role\/)(?:[^/]+\/)+([^/]+)$/i, '$1$2');
  return text !== arn && isMatchable(text) ? text : undefined;
}

function shown(text: string): string {
  return JSON.stringify(text);
}
