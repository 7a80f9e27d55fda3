/** When CloudFormation takes a request for a stack at all; each rule throws the API's own ValidationError. */
import { validationError } from '../api-error';
import { type Stack } from './stack';
import { type Template } from '../template/template';

export function requireStackName(name: string): void {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return;
  throw validationError(
    `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
}

const updatable =
  /^(CREATE_COMPLETE|CREATE_FAILED|UPDATE_COMPLETE|UPDATE_FAILED|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE)$/;

export function requireUpdatable({ id, status }: Stack): void {
  if (updatable.test(status)) return;
  throw validationError(`Stack:${id} is in ${status} state and can not be updated.`);
}

export function requireSameTypes(stack: Stack, template: Template): void {
  const retyped = [...template.resources].filter(
    ([logicalId, { type }]) => (stack.resources.get(logicalId)?.type ?? type) !== type,
  );
  if (retyped.length === 0) return;
  const ids = retyped.map(([logicalId]) => logicalId).join(', ');
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${ids}]`,
  );
}

/** A stack that is being created may be deleted; any other operation must end first. */
export function requireDeletable(
  { id, name, status }: Stack,
  retained: readonly string[],
  running: boolean,
): void {
  if (retained.length > 0 && status !== 'DELETE_FAILED') {
    throw validationError(
      `Invalid operation on stack [${id}]. You can only specify retain resources on a stack in the DELETE_FAILED state.`,
    );
  }
  if (running && !/^(CREATE|DELETE)_IN_PROGRESS$/.test(status)) {
    throw validationError(`Stack [${name}] cannot be deleted while in status ${status}`);
  }
}

export function requireUpdating({ status }: Stack): void {
  if (status === 'UPDATE_IN_PROGRESS') return;
  throw validationError(`CancelUpdateStack cannot be called from current stack status [${status}]`);
}

export function requireRollbackFrom({ id, status }: Stack, allowed: readonly string[]): void {
  if (allowed.includes(status)) return;
  throw validationError(`Stack:${id} is in ${status} state and can not be rolled back.`);
}
