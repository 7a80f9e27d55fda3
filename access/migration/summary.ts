/** A plan in sentences, the same for every face. Pure. */
import { type MigrationPlan, type PlanRow } from './migration-plan';

/** `3 entries move and work as today. 1 cannot move. 4 do not work today and stay behind.` */
export function headlineOfPlan({ rows }: MigrationPlan): string {
  const isIncluded = ({ offer }: PlanRow): boolean => offer?.isIncluded === true;
  const count = (isCounted: (row: PlanRow) => boolean): number =>
    rows.filter((row) => isCounted(row) && !isIncluded(row)).length;
  const same = count(({ verdict }) => verdict === 'same');
  const held = count(({ verdict, holdsBack }) => verdict !== 'same' && holdsBack);
  const left = count(({ verdict, holdsBack }) => verdict !== 'same' && !holdsBack);
  const included = rows.filter(isIncluded).length;
  const sentences = [
    same === 0 ? '' : `${same} ${same === 1 ? 'entry moves and works' : 'entries move and work'} as today.`,
    included === 0 ? '' : `${included} more ${included === 1 ? 'is' : 'are'} included.`,
    held === 0 ? '' : `${held} cannot move.`,
    left === 0
      ? ''
      : `${left} ${left === 1 ? 'does not work today and stays' : 'do not work today and stay'} behind.`,
  ].filter((sentence) => sentence !== '');
  return sentences.length === 0
    ? 'Nobody is mapped in aws-auth: there is nothing to move.'
    : sentences.join(' ');
}

/** Whether all was seen, and nobody needs aws-auth after the plan. */
export function isReadyForApi({ rows, isPartial }: MigrationPlan): boolean {
  return !isPartial && rows.every(({ holdsBack }) => !holdsBack);
}

/** What is left of aws-auth after the plan, with the digest by which it is approved. */
export function verdictOfPlan(plan: MigrationPlan): string {
  return isReadyForApi(plan)
    ? `Plan ${plan.digest}. After it nobody needs aws-auth.`
    : `Plan ${plan.digest}. The cluster has to stay in API_AND_CONFIG_MAP until nothing is marked - or ?.`;
}

/** `=` same, `-` loses, `.` behind, `?` cannot, `+` included. */
export function markOf({ verdict, offer }: PlanRow): string {
  if (offer?.isIncluded === true) return '+';
  return { same: '=', loses: '-', behind: '.', cannot: '?' }[verdict];
}

/** What it gives today, why, and what `--include` would give: clauses, the last without a full stop. */
export function tellRow({ today, reason, offer, lines, principal }: PlanRow): string {
  const selector = lines === undefined ? principal : String(lines.from);
  const offered =
    offer === undefined
      ? ''
      : offer.isIncluded
        ? `included: ${offer.gives}`
        : `--include ${selector} gives ${offer.gives}`;
  return [today, reason, offered].filter((clause) => clause !== '').join('; ');
}

/** One sentence about the ARNs and nodes that a person has to look at; undefined where there are none. */
export function todoOfPlan({ entries }: MigrationPlan): string | undefined {
  const marked = entries.filter(({ todo }) => todo.length > 0).length;
  if (marked === 0) return undefined;
  return `${marked} of ${entries.length} access entries are marked TODO: access entries need the real ARN of a role, with path and letter case, which aws-auth does not tell.`;
}
