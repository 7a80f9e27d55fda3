/** A value of a property that AWS refuses, and what it says then. Types. */
import { type Json } from '../../json';
import { functionCall } from '../../template/function-call';

export interface ValueFault {
  /** As `AccessConfig.AuthenticationMode`. */
  readonly path: string;
  /** Undefined: what is missing, which `says` names. */
  readonly found: Json | undefined;
  /** The sentence after path and value, before anything happens: what AWS takes or answers, and what to write. */
  readonly says: string;
  /** Reason of the event, where the value shows itself when its resource is made. */
  readonly reason: string;
}

/** Of a service of AWS, in its own words, and what to write instead. */
export interface Refusal {
  /** As in the messages of resource handlers: `Eks`. */
  readonly service: string;
  readonly path: string;
  readonly found?: Json | undefined;
  /** What the service answers; a full stop is part of it. */
  readonly words: string;
  /** A clause. */
  readonly remedy: string;
}

export function refusal({ service, path, found, words, remedy }: Refusal): ValueFault {
  return {
    path,
    found,
    says: `, and ${service.toUpperCase() === 'EKS' || service.length < 4 ? service.toUpperCase() : service} answers "${words}": ${remedy}`,
    reason: `Resource handler returned message: "${words} (Service: ${service}, Status Code: 400)" (HandlerErrorCode: InvalidRequest; ${remedy})`,
  };
}

/** What a rule of a type says of properties in which calls of functions stand for what is not known yet. */
export type ValueRule = (properties: { readonly [name: string]: Json }, look: Look) => ValueFault | undefined;

/** What the rest of the template knows. */
export interface Look {
  /** The availability zone of a subnet that this value refers to. */
  readonly zoneOf: (value: Json) => string | undefined;
}

/** Neither the call of a function nor a dynamic reference. */
export function isKnown(value: Json | undefined): value is Json {
  return (
    value !== undefined &&
    functionCall(value) === undefined &&
    !(typeof value === 'string' && value.includes('{{resolve:'))
  );
}
