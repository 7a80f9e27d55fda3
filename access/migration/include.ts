/** What is asked for beside what is in force, as rows of the plan. Pure. */
import { principalKeyOf } from '../explain/who';
import { type PlanRow, type Wants } from './migration-plan';

/** Who makes an access entry that must not be made a second time. Nothing is offered beside one that is there. */
const MADE: readonly PlanRow['madeBy'][] = ['EKS', 'provider'];

type Included = { readonly rows: readonly PlanRow[] } | { readonly refused: string };

export function included(rows: readonly PlanRow[], { include = [], asWritten = false }: Wants): Included {
  const chosen = new Map<string, PlanRow>();
  for (const selector of include) {
    const found = rowOf(rows, selector.trim());
    if ('refused' in found) return found;
    const key = principalKeyOf(found.principal);
    const other = chosen.get(key);
    if (other !== undefined && other !== found)
      return {
        refused: `Lines ${lineOf(other)} and ${lineOf(found)} are for one principal, which has one access entry: include one of them.`,
      };
    const made = rows.find(
      ({ principal, madeBy }) => principalKeyOf(principal) === key && MADE.includes(madeBy),
    );
    if (made !== undefined)
      return {
        refused: `${selector} (${found.who}) cannot be included: line ${lineOf(made)} is for the same principal, and ${made.madeBy === 'EKS' ? 'EKS' : 'the provider'} makes its access entry.`,
      };
    chosen.set(key, found);
  }
  const asked = new Set(chosen.keys());
  if (asWritten)
    for (const row of rows) {
      const key = principalKeyOf(row.principal);
      // Of several the last: so the authenticator reads them.
      const isMade = rows.some(
        (other) => principalKeyOf(other.principal) === key && MADE.includes(other.madeBy),
      );
      if (row.offer !== undefined && !row.reason.startsWith('shadowed') && !isMade && !asked.has(key))
        chosen.set(key, row);
    }
  const counting = new Set(
    rows.filter(({ today }) => today !== '').map(({ principal }) => principalKeyOf(principal)),
  );
  return {
    rows: rows.map((row) => {
      const key = principalKeyOf(row.principal);
      return withChoice(row, chosen.get(key), counting.has(key));
    }),
  };
}

function rowOf(rows: readonly PlanRow[], selector: string): PlanRow | { readonly refused: string } {
  const line = /^\d+$/.test(selector) && selector.length < 12 ? Number(selector) : undefined;
  const named = rows.filter(({ lines, who, principal }) =>
    line === undefined
      ? who.toLowerCase() === selector.toLowerCase() || principalKeyOf(principal) === principalKeyOf(selector)
      : lines !== undefined && lines.from <= line && line <= lines.to,
  );
  const offered = named.filter(({ offer }) => offer !== undefined);
  const [first, ...others] = offered;
  if (first === undefined) return { refused: refusal(named[0], selector, line !== undefined) };
  if (others.length > 0)
    return {
      refused: `${selector} is on lines ${offered.map(lineOf).join(', ')}: include one of them by its line.`,
    };
  return first;
}

function refusal(row: PlanRow | undefined, selector: string, isLine: boolean): string {
  const what = isLine ? `Line ${selector}` : selector;
  if (row === undefined)
    return isLine ? `${what} of aws-auth is in no entry.` : `No entry of aws-auth names ${what}.`;
  if (row.verdict === 'same') return `${what} (${row.who}) needs no --include: it works as today.`;
  return `${what} (${row.who}) cannot be included: ${row.reason}.`;
}

function lineOf({ lines }: PlanRow): string {
  return String(lines?.from);
}

/** A principal has one access entry: what is included takes the place of what else there is for it. */
function withChoice(row: PlanRow, choice: PlanRow | undefined, isChange: boolean): PlanRow {
  if (choice === undefined) return row;
  if (row === choice && row.offer !== undefined)
    return {
      ...row,
      offer: { ...row.offer, isIncluded: true, planned: { ...row.offer.planned, isChange } },
      madeBy: 'plan',
      planned: undefined,
      holdsBack: false,
    };
  if (row.planned === undefined) return row;
  return {
    ...row,
    verdict: 'loses',
    madeBy: undefined,
    planned: undefined,
    reason: `line ${lineOf(choice)} is included instead`,
  };
}
