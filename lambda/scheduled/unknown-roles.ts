/** Roles of which IAM did not tell whether they were made again. */
import { type Run } from './run';

/** Once a run: the right is missing, or IAM is not reached. */
export function reportUnknownRoles({ log, unknownRoles }: Run): void {
  const [reason] = unknownRoles.values();
  if (reason === undefined) return;
  log('WARN', 'whether roles were deleted and made again is not known', {
    reason,
    roles: unknownRoles.size,
    remedy:
      'let the role of the provider do iam:GetRole on the roles of the account, or turn healRecreatedRoles off',
  });
}
