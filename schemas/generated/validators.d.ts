// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.
import type { ErrorObject } from 'ajv';
/** Of ajv's, what is kept: one error, and none of what only says where in the schema it is. */
export type SchemaError = Pick<ErrorObject, 'instancePath' | 'keyword' | 'params'>;
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly [SchemaError] | null;
}
export const eksAccessEntry: Validator;
export const eksAuthenticationMode: Validator;
export const eksMapAccountsEntry: Validator;
export const eksMapRolesEntry: Validator;
export const eksMapUsersEntry: Validator;
export const guardrails: Validator;
