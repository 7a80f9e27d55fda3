/** The comments above every form of a plan: what to do first, who is not in it, and the order. Pure. */
import { type MigrationPlan, type PlanRow } from '../migration-plan';

/** Each a line that begins with `#`; whatever aws-auth says, no line ends within it. */
export function heading({ rows, entries, digest }: MigrationPlan, cluster = 'CLUSTER'): readonly string[] {
  const todo = entries.flatMap((entry) => entry.todo);
  const left = rows.filter(({ verdict, offer, planned }) =>
    verdict === 'same' ? false : planned === undefined && offer?.isIncluded !== true,
  );
  const elsewhere = rows.filter(({ madeBy }) => madeBy !== undefined && madeBy !== 'plan');
  const mode = (value: string): string =>
    `aws eks update-cluster-config --name ${cluster} --access-config authenticationMode=${value}`;
  return [
    ...todo.map((text) => `TODO ${text}.`),
    `Access entries of what is in force in aws-auth: eks-access plan-migration, plan ${digest}.`,
    ...left.map((row) => `Not in here: ${placed(row)}: ${row.reason}.`),
    ...elsewhere.map((row) => `Not in here: ${placed(row)}: ${row.reason}.`),
    'In this order, each step only when the one before has been checked:',
    `1. ${mode('API_AND_CONFIG_MAP')} (there is no way back)`,
    '2. what is below; each access entry counts at once, instead of its line in aws-auth',
    '3. eks-access explain for those who matter; new nodes have joined',
    `4. ${mode('API')} (there is no way back, and aws-auth is not read any more)`,
  ].map(comment);
}

function placed({ who, lines }: PlanRow): string {
  return lines === undefined ? who : `${who} (line ${lines.from})`;
}

function comment(text: string): string {
  return `# ${text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}`;
}
