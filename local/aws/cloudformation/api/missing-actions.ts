/** Actions and parameters of CloudFormation's API that the local one does not have, by name. Pure. */
import { validationError } from '../api-error';
import { type CloudFormationError } from '../api-error';

const groups: readonly (readonly [RegExp, string])[] = [
  [/Drift/, 'drift detection'],
  [/StackSet|StackInstance/, 'StackSets'],
  [/StackPolicy/, 'stack policies'],
  [
    /Type(s|Versions|Configuration|Configurations|Registration|Registrations|DefaultVersion)?$|Publisher/,
    'the registry',
  ],
  [/GeneratedTemplate|ResourceScan/, 'the template generator'],
  [/StackRefactor/, 'stack refactoring'],
  [
    /^(SignalResource|EstimateTemplateCost|DescribeAccountLimits|.*OrganizationsAccess|.*HookResults?|DescribeEvents|DescribeChangeSetHooks)$/,
    'it',
  ],
];

/** The error for an action that is none of the local ones. */
export function missingAction(name: string): CloudFormationError | undefined {
  const found = groups.find(([pattern]) => pattern.test(name));
  if (!found) return undefined;
  const what = found[1] === 'it' ? '' : ` (${found[1]})`;
  return validationError(`the local CloudFormation does not have ${name}${what}`);
}

/** Begin of a parameter's name, and what it is. `ResourceTypes` and the like would be ignored in silence. */
const parameters: readonly (readonly [RegExp, string])[] = [
  [/^StackPolicy/, 'stack policies'],
  [/^RollbackConfiguration\./, 'rollback triggers'],
  [/^NotificationARNs\./, 'notifications'],
  [/^ResourceTypes\./, 'a list of allowed resource types'],
  [/^TimeoutInMinutes$/, 'a time limit for stacks'],
  [/^ResourcesToImport\./, 'import of resources'],
];
const values: readonly (readonly [name: string, value: string, what: string])[] = [
  ['ChangeSetType', 'IMPORT', 'import of resources'],
  ['ImportExistingResources', 'true', 'import of resources'],
  ['RetainExceptOnCreate', 'true', 'deletion of what a failed operation made although it is to be retained'],
  ['OnFailure', 'DELETE', 'deletion of a stack whose creation fails'],
  ['OnStackFailure', 'DELETE', 'deletion of a stack whose creation fails'],
];

/** Throws the API's ValidationError for a parameter that would not do here what it does in AWS. */
export function refuseMissingParameters(given: URLSearchParams): void {
  for (const [name, value] of given) {
    const what =
      parameters.find(([pattern]) => pattern.test(name))?.[1] ??
      values.find(([key, wanted]) => key === name && wanted === value)?.[2];
    if (what !== undefined && value !== '')
      throw validationError(
        `the local CloudFormation does not have ${name.split('.')[0]} (${what}): leave it out here`,
      );
  }
}
