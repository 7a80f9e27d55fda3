/** What the authenticator loads of a section, and what not. Types only. */
import { type SsoMatcher } from './decode-entry';
import { type Section } from '../identity-mapping';
import { type Position } from './position';

export interface LoadedPrincipal {
  readonly section: 'mapRoles' | 'mapUsers';
  /** Position in the YAML list, every item counted. */
  readonly index: number;
  /** Empty when `sso` is there. */
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly sso?: SsoMatcher;
}

export interface LoadedAccount {
  readonly section: 'mapAccounts';
  readonly index: number;
  readonly accountId: string;
}

export type LoadedMapping = LoadedPrincipal | LoadedAccount;

export interface DroppedEntry {
  readonly section: Section;
  readonly index: number;
  /** `not-a-mapping` for mapRoles and mapUsers, `not-a-scalar` for mapAccounts. */
  readonly reason: 'no-arn' | 'arn-and-sso' | 'bad-sso' | 'not-a-mapping' | 'not-a-scalar';
}

export interface Notice {
  readonly index: number;
  readonly field: string;
  /** Continues the field's name: `is a number, not a string: put it in quotes`. */
  readonly problem: string;
}

export interface TextError extends Position {
  readonly message: string;
}

export interface SectionReading {
  readonly section: Section;
  /**
   * `absent`: no such key. `ok`: all entries load. `empty`: nothing in it, which is no error. `partial`: something
   * loads, something does not. `lost`: nothing loads because of an error.
   */
  readonly state: 'absent' | 'ok' | 'empty' | 'partial' | 'lost';
  /** In the order of the text, duplicates included. */
  readonly entries: readonly LoadedMapping[];
  readonly dropped: readonly DroppedEntry[];
  /** Why the text as a whole, or its rest, does not load. */
  readonly error?: TextError;
  /** Values of a wrong type, which read as empty (GT-13). */
  readonly notices: readonly Notice[];
}

export type AwsAuthReading = Readonly<Record<Section, SectionReading>>;
