/**
 * What a record says of its entry beside whose it is: what the provider's scheduled run needs, which has no event and no
 * template to look at. Each fact is one more field of the record; a record that was made without them stays readable,
 * and a provider that does not know them keeps them. Pure.
 */
import { type DesiredAccess } from './desired-access';
import { fnv1aHex } from './fnv1a';
import { type LoginIdentity } from './login-identity';
import { type MoreFields } from './ownership-record';
import { arnOf } from './principal';

/** What a template says. */
export interface TemplateFacts {
  /** The principal's ARN as the template gave it; aws-auth has that of a role without its path (GT-30). */
  readonly arn?: string | undefined;
  /** Whether the template forces aws-auth (`AuthenticationMode: CONFIG_MAP`). */
  readonly forced?: boolean | undefined;
  /** Whether the template gives rights by groups alone (`Engine: RBAC`). */
  readonly rbac?: boolean | undefined;
  /** `ExpiresAt`, in milliseconds since 1970. */
  readonly expires?: number | undefined;
  /** Name of the permission set that the template names instead of a role. */
  readonly set?: string | undefined;
}

/** What is said of an access entry while it is written. */
export interface PutFacts extends TemplateFacts {
  /** Request of the scheduled run that moves the mapping; undefined for an event. */
  readonly run?: string | undefined;
}

export interface RecordFacts extends PutFacts {
  /** Digest of what the entry gave when the provider last wrote it (`digestOf`). */
  readonly wrote?: string | undefined;
}

interface Recorded {
  readonly more?: MoreFields | undefined;
}

export function templateFactsOf({
  principal,
  permissionSet,
  authenticationMode,
  engine,
  expiresAt,
}: DesiredAccess): TemplateFacts {
  return {
    expires: expiresAt,
    set: permissionSet?.name,
    arn: arnOf(principal),
    forced: authenticationMode === 'CONFIG_MAP' ? true : undefined,
    rbac: engine === 'RBAC' ? true : undefined,
  };
}

/** A value that is not what this provider writes counts as none. */
export function factsOf({ more = {} }: Recorded): RecordFacts {
  const { arn, forced, rbac, expires, wrote, set, run } = more;
  const date = typeof expires === 'string' ? Date.parse(expires) : NaN;
  return {
    arn: typeof arn === 'string' ? arn : undefined,
    forced: forced === true ? true : undefined,
    rbac: rbac === true ? true : undefined,
    expires: Number.isNaN(date) ? undefined : date,
    wrote: typeof wrote === 'string' ? wrote : undefined,
    run: typeof run === 'string' ? run : undefined,
    set: typeof set === 'string' ? set.replaceAll(':', ',') : undefined,
  };
}

/** The record with these facts, of which undefined ones go; the same object where it has them already. */
export function withFacts<R extends Recorded>(record: R, facts: RecordFacts): R {
  const fields = Object.entries(fieldsOf(facts));
  const { more = {} } = record;
  if (fields.every(([name, value]) => more[name] === value)) return record;
  const others = Object.entries(more).filter(([name]) => !Object.hasOwn(facts, name));
  const all = [...others, ...fields.filter(([, value]) => value !== undefined)];
  return { ...record, more: all.length === 0 ? undefined : Object.fromEntries(all) };
}

/** Only those that `facts` names, defined or not. */
function fieldsOf(facts: RecordFacts): MoreFields {
  const { expires, set, ...others } = facts;
  return {
    ...others,
    ...(Object.hasOwn(facts, 'expires') && {
      expires: expires === undefined ? undefined : new Date(expires).toISOString(),
    }),
    // The value of a tag may have no comma, and the name of a set no colon.
    ...(Object.hasOwn(facts, 'set') && { set: set?.replaceAll(',', ':') }),
  };
}

/** Of what an entry gives, in hexadecimal. */
export function digestOf(identity: LoginIdentity): string {
  return fnv1aHex(identity);
}
