// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.
import type { ErrorObject } from 'ajv';
export interface Validator {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}
export const eksAccessEntry: Validator;
export const eksMapAccountsEntry: Validator;
export const eksMapRolesEntry: Validator;
export const eksMapUsersEntry: Validator;
export const guardrails: Validator;
