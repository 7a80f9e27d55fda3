/** The steps that a move would take if nobody else changed anything, for people who want to see them first. Pure. */
import { type AwsAuthData, SECTIONS } from '../../aws-auth/identity-mapping';
import { positionOf } from '../../aws-auth/reading/position';
import { type ReadAwsAuth, type SeenAccessEntry } from '../../explain/seen-cluster';
import { principalKeyOf } from '../../explain/who';
import { NODE_IDENTITIES } from '../../node-identity';
import { entriesSeen } from './base';
import { type SeenMigration } from './seen-migration';
import { identitiesOf } from './since';
import { type Action, type End, isEnd, type Step, stop } from './step';

const MOST = 20_000;

export function foresee(
  seen: SeenMigration,
  next: (seen: SeenMigration) => Step,
): { readonly steps: readonly Action[]; readonly end: End } {
  const steps: Action[] = [];
  let now = seen;
  while (steps.length < MOST) {
    const step = next(now);
    if (isEnd(step)) return { steps, end: step };
    steps.push(step);
    now = after(now, step);
  }
  return { steps, end: stop('There are too many steps to tell.') };
}

function after(seen: SeenMigration, action: Action): SeenMigration {
  const { run } = seen;
  const entries = entriesSeen(seen);
  switch (action.do) {
    case 'copy':
      return { ...seen, copy: seen.awsAuth };
    case 'change mode':
      return {
        ...withOwnEntries(seen),
        mode: action.to,
        update: undefined,
        run: { ...run, isProved: false },
      };
    case 'make entry': {
      const { principalArn, type, username = '', groups, policies, tags } = action.entry;
      const made = { principalArn, type, username, groups, policies, tags, createdAt: new Date(run.now) };
      return { ...seen, entries: [...entries, made] };
    }
    case 'add policies':
      return {
        ...seen,
        entries: entries.map((entry) =>
          entry.principalArn === action.principalArn
            ? { ...entry, policies: [...(entry.policies ?? []), ...action.policies] }
            : entry,
        ),
      };
    case 'delete entry':
      return { ...seen, entries: entries.filter(({ principalArn }) => principalArn !== action.principalArn) };
    case 'take out':
    case 'put back':
      return { ...seen, awsAuth: { ...textsOf(action.data), annotations: seen.awsAuth?.annotations } };
    case 'prove':
      return { ...seen, run: { ...run, isProved: true } };
    case 'wait':
      return { ...seen, update: undefined, status: 'ACTIVE', run: { ...run, waitedMs: Infinity } };
    case 'bake':
      return { ...seen, run: { ...run, now: action.until } };
  }
}

/** Those that EKS makes when the mode changes: of its nodes, and of who made the cluster (GT-106). */
function withOwnEntries(seen: SeenMigration): SeenMigration {
  const { nodeRoles = [], caller } = seen;
  const entries = entriesSeen(seen);
  const known = new Set(entries.map(({ principalArn }) => principalKeyOf(principalArn)));
  const own = nodeRoles
    .filter(({ arn }) => !known.has(principalKeyOf(arn)))
    .map(({ arn: principalArn, type = 'EC2_LINUX' }): SeenAccessEntry => {
      const { userName = '', groups = [] } = NODE_IDENTITIES[type as keyof typeof NODE_IDENTITIES] ?? {};
      return { principalArn, type, username: userName, groups, policies: [] };
    });
  // A caller who reads aws-auth and is in no line of it made the cluster (GT-51).
  const isCreator =
    caller !== undefined && !identitiesOf(seen.awsAuth).has(principalKeyOf(caller)) && entries.length === 0;
  const creator = isCreator
    ? [{ principalArn: caller, type: 'STANDARD', username: '', groups: [], policies: [] }]
    : [];
  return { ...seen, entries: [...entries, ...own, ...creator] };
}

/** Lines are of each section by itself. */
function textsOf(data: AwsAuthData): ReadAwsAuth {
  return {
    state: 'read',
    data,
    sections: Object.fromEntries(
      SECTIONS.flatMap((section) => {
        const text = data[section];
        if (text === undefined) return [];
        const spanOf = (start: number, end: number) => ({
          start,
          end,
          from: positionOf(text, start),
          to: positionOf(text, end),
        });
        return [[section, { text, spanOf }] as const];
      }),
    ),
  };
}
