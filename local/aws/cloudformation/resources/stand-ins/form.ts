/** What a stand-in is: an AWS type of which the local AWS has nothing but names and attributes; and the forms of these. */
import { randomBytes, randomInt } from 'node:crypto';
import { type Json, type JsonObject } from '../../json';
import { type ResourceContext } from '../resource-type';

type Maker<Result> = (physicalId: string, context: ResourceContext, properties: JsonObject) => Result;

/** Values are made up, and right in form; an attribute whose value has no form of its own is left out. */
export interface PlainType {
  /** The property that names it, if the template does. */
  readonly name?: string;
  readonly maximum?: number;
  /** Gets the name that was given or made up. */
  readonly physicalId: Maker<string>;
  /** Made once, with the resource. */
  readonly attributes: Readonly<Record<string, Maker<Json>>>;
  /** Attributes that are the value of a property; without one they are as made, or empty. */
  readonly mirrors?: Readonly<Record<string, string>>;
}

export type PlainTypes = Readonly<Record<string, PlainType>>;

export const itself = (physicalId: string): string => physicalId;
export const lastPart = (text: string): string => /[^:/]*$/.exec(text)?.[0] ?? '';
export const hex = (digits: number): string =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);
/** `vpc-0123456789abcdef0` */
export const idOf = (prefix: string): string => `${prefix}-0${hex(16)}`;
/** An address of the block for documentation (RFC 5737). */
export const publicAddress = (): string => `203.0.113.${randomInt(1, 255)}`;

/** `arn:P:service:REGION:ACCOUNT:` plus the rest. */
export function regional(service: string, rest: (physicalId: string) => string): Maker<string> {
  return (physicalId, { partition, region, accountId }) =>
    `arn:${partition}:${service}:${region}:${accountId}:${rest(physicalId)}`;
}

/** `Ref` gives an id such as `vpc-…`; so do these attributes. */
export function numbered(prefix: string, ...attributes: readonly string[]): PlainType {
  return { physicalId: () => idOf(prefix), attributes: same(attributes) };
}

/** `Ref` gives the name that the property `name` has, or one that CloudFormation makes up. */
export function named(
  name: string | undefined,
  attributes: PlainType['attributes'] = {},
  maximum = 255,
): PlainType {
  return { ...(name === undefined ? {} : { name }), maximum, physicalId: itself, attributes };
}

/** `Ref` gives a name that CloudFormation makes up; so do these attributes. */
export function unnamed(...attributes: readonly string[]): PlainType {
  return named(undefined, same(attributes));
}

/** `Ref` gives the ARN; so do these attributes. */
export function byArn(
  service: string,
  name: string | undefined,
  rest: (name: string) => string,
  ...attributes: readonly string[]
): PlainType {
  return {
    ...(name === undefined ? {} : { name }),
    maximum: 64,
    physicalId: regional(service, rest),
    attributes: same(attributes),
  };
}

function same(attributes: readonly string[]): PlainType['attributes'] {
  return Object.fromEntries(attributes.map((attribute) => [attribute, itself]));
}
