/**
 * Who is asked about: an ARN of any kind, the output of `aws sts get-caller-identity`, or a short form that fits one name
 * of the document. Pure.
 */
import { canonicalCallerArn } from '../aws-auth/reading/login';
import { neverMatches } from './never-matches';
import { principalKeyOf, whoOf } from './who';

/** As STS tells it; the ARN in the case in which it was asked. */
export interface Caller {
  readonly arn: string;
  /** By which the cluster looks: of a role without path and session. */
  readonly canonical: string;
  /** Undefined where the question is about a role and not one session of it; empty for what has no session. */
  readonly session: string | undefined;
  /** Whether the ARN was found in the document for a short form. */
  readonly isShort: boolean;
}

export type Asked =
  | { readonly kind: 'caller'; readonly caller: Caller }
  /** No caller has such an ARN: the sentence says why. */
  | {
      readonly kind: 'nobody';
      readonly arn: string;
      readonly sentence: string;
      readonly instead?: string | undefined;
    }
  /** The name is in no entry. */
  | { readonly kind: 'unknown'; readonly sentence: string }
  /** Several principals fit, or the question is none. */
  | { readonly kind: 'unclear'; readonly sentence: string };

/** `principals`: as written in the document and the access entries, for short forms. */
export function askedOf(question: string, principals: readonly string[]): Asked {
  // As it is pasted from a text processor.
  const text = question.replaceAll(/[“”„‘’]/g, '"').trim();
  const arns = text.match(/arn:[^\s"'|,\])}]+(?:,[^\s"'|,\])}]+)*/gi) ?? [];
  // A kubeconfig names its cluster by an ARN as well.
  const arn = arns.find((each) => /^arn:[^:]*:(?:iam|sts):/i.test(each)) ?? arns[0];
  if (arn !== undefined) return ofArn(arn, sessionOf(text));
  const short =
    /(?:^|[\s"])(role|user)\/(?:[^\s"]*\/)?([\w+=,.@*-]*[\w+=@*-])/i.exec(text) ??
    /^(role|user) ([\w+=,.@*-]+)$/i.exec(text);
  if (short !== null) return ofShort(short[1]?.toLowerCase() ?? '', short[2] ?? '', principals);
  const [, ofRole, session] = /^(?:assumed-role\/)?([\w+=,.@-]+)\/([\w+=,.@-]+)$/.exec(text) ?? [];
  if (ofRole !== undefined) return ofSession(ofShort('role', ofRole, principals), session);
  const name = /^[\w+=,.@*-]+$/.test(text) && !/^\d{12}$/.test(text);
  if (!name) {
    const sentence =
      'This names no principal: ask for an ARN, role/NAME, user/NAME, or the output of aws sts get-caller-identity.';
    return { kind: 'unclear', sentence };
  }
  const role = ofShort('role', text, principals);
  return role.kind === 'unknown' ? ofShort('user', text, principals) : role;
}

/** Of `"UserId": "AROA…:jane"`: the session as STS knows it. */
function sessionOf(text: string): string | undefined {
  return /\bA[A-Z]{3}[A-Z0-9]{10,}:([\w+=,.@-]+)/.exec(text)?.[1];
}

function ofArn(text: string, knownSession: string | undefined): Asked {
  // Of an ARN everything but names is lower case, and letter case does not count at login.
  const head = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:[a-z-]+(?=\/|$))?/i.exec(text)?.[0] ?? '';
  const arn = (head.toLowerCase() + text.slice(head.length))
    .replace(/\/+$/, '')
    .replace(/^(arn:[^:]*):eks:.*:access-entry\/[^/]+\/(role|user)\/(\d+)\/(.+)\/[^/]+$/, '$1:iam::$3:$2/$4');
  const role = /^(arn:[^:]*):sts::([^:]*):assumed-role\/([^/]+)\/?$/.exec(arn);
  const bare = role === null ? arn : `${role[1]}:iam::${role[2]}:role/${role[3]}`;
  // Sessions do not carry the path of their role, so that the cluster never sees it (GT-30).
  const pathless = bare.replace(/^(arn:[^:]*:iam::[^:]*:role)\/.*\/([^/]+)$/, '$1/$2');
  // What has no canonical form never matches.
  const canonical = canonicalCallerArn(pathless) ?? arn;
  const never = neverMatches(canonical);
  if (never !== undefined) return { kind: 'nobody', arn, sentence: never.sentence, instead: never.instead };
  const isRole = canonical.includes(':role/');
  const session =
    knownSession ??
    (isRole ? /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1] : (/:federated-user\/(.+)$/.exec(arn)?.[1] ?? ''));
  return { kind: 'caller', caller: { arn, canonical, session, isShort: false } };
}

/** `dev/jane`, as people read it off an ARN of STS. */
function ofSession(role: Asked, session: string | undefined): Asked {
  if (role.kind !== 'caller') return role;
  const arn = role.caller.arn.replace(/:iam:(.*):role\/(?:.*\/)?/i, ':sts:$1:assumed-role/');
  return ofArn(`${arn}/${session}`, undefined);
}

function ofShort(kind: string, pattern: string, principals: readonly string[]): Asked {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[+.]/g, '\\$&'));
  const fits = new RegExp(`^${kind}/(?:.*/)?${parts.join('.*')}$`, 'i');
  const found = new Map<string, string>();
  let nobody: string | undefined;
  for (const principal of principals) {
    const key = principalKeyOf(principal);
    const arn = canonicalOf(principal, key);
    if (!fits.test(whoOf(arn ?? principal))) continue;
    if (arn === undefined) {
      nobody ??= principal;
      continue;
    }
    // Of several spellings the one that was asked for.
    if (!found.has(key) || arn.endsWith(`/${pattern}`)) found.set(key, arn);
  }
  const [first, ...others] = found.values();
  const asked = `${kind}/${pattern}`;
  if (first === undefined && nobody !== undefined)
    return { kind: 'nobody', arn: nobody, sentence: neverMatches(nobody)?.sentence ?? '' };
  if (first === undefined) return { kind: 'unknown', sentence: `No entry names ${asked}.` };
  if (others.length > 0) {
    const all = [first, ...others]
      .map((arn) => arn)
      .slice(0, 4)
      .join(', ');
    return {
      kind: 'unclear',
      sentence: `${asked} fits ${others.length + 1} principals: ask for one of ${all}.`,
    };
  }
  const session = kind === 'role' ? undefined : '';
  return { kind: 'caller', caller: { arn: first, canonical: first, session, isShort: true } };
}

/** The ARN of a caller in the spelling of the document; undefined where no caller is meant. */
function canonicalOf(principal: string, key: string): string | undefined {
  if (neverMatches(key) !== undefined) return neverMatches(principal)?.instead;
  return neverMatches(principal) === undefined ? principal : (neverMatches(principal)?.instead ?? key);
}
