/** Entries that are about a caller, or were meant for it, as lines of the reasoning. Pure. */
import { partsOfArn } from '../arn';
import { type Answer } from './lookup';
import { type Caller } from './caller';
import { type Step } from './explanation';
import { nearTo } from './near';
import { meantKeyOf, pathOf } from './never-matches';
import { isStale, type View } from './view';
import { principalKeyOf, whoOf } from './who';
import { type WrittenEntry } from './written';

/** Of the entries that name the caller, or the same role in another spelling; those that count say so. */
export function relatedSteps(view: View, caller: Caller, answer: Answer): readonly Step[] {
  const key = principalKeyOf(caller.canonical);
  const { accountId } = partsOfArn(caller.canonical);
  const steps: Step[] = [];
  for (const entry of view.accessEntries) {
    if (principalKeyOf(entry.principalArn) !== key) {
      const near = nearTo(key, entry.principalArn);
      if (near !== undefined)
        steps.push({ label: 'access entry', text: near.text, note: '', rule: near.rule });
      continue;
    }
    const stale = isStale(view.cluster, entry);
    steps.push({
      label: 'access entry',
      text: stale
        ? 'matches no more: the role was made again after it, and EKS knows the old one'
        : 'matches, in force',
      note: givesOf(entry.username, [
        ...entry.groups,
        ...(entry.policies ?? []).map(({ policyArn }) => nameOf(policyArn)),
      ]),
      rule: stale ? 'stale-principal' : undefined,
    });
  }
  for (const { entries } of view.written.sections)
    for (const entry of entries) {
      const isSame = meantKeyOf(entry.principal) === key;
      const isAccount =
        answer.place === 'aws-auth' && answer.entry === entry && entry.principal === accountId;
      if (isSame || isAccount) steps.push(stepOf(view, caller, entry));
      else steps.push(...nearStep(view, key, entry));
    }
  return steps;
}

export function entryStepLine(
  view: View,
  entry: WrittenEntry,
): { readonly label: string; readonly line: number } {
  const line = view.lineOf(entry);
  return { label: `line ${line}`, line };
}

function stepOf(view: View, caller: Caller, entry: WrittenEntry): Step {
  const { loaded } = entry;
  const known = view.standing.get(entry);
  const place = entryStepLine(view, entry);
  const note =
    loaded === undefined
      ? ''
      : loaded.section === 'mapAccounts'
        ? 'as its own ARN, without groups'
        : givesOf(loaded.username, loaded.groups);
  if (known?.reason === undefined)
    return { ...place, text: countingText(view, caller, entry, known?.standing), note };
  const { rule, clause } = known.reason;
  const path = pathOf(entry.principal);
  const text =
    path !== undefined && rule === 'role-arn-path'
      ? `meant for it, never matches: the ARN has the path ${path}`
      : known.reason.isReplaced
        ? `matches, ${clause}`
        : `meant for it: ${clause}${path === undefined ? '' : `; and its ARN has the path ${path}`}`;
  return { ...place, text, note: rule === 'duplicate-shadowed' ? note : '', rule };
}

function countingText(
  view: View,
  { canonical }: Caller,
  entry: WrittenEntry,
  standing: string | undefined,
): string {
  if (entry.section === 'mapAccounts') return 'matches: its whole account is mapped';
  const same = [...view.standing].filter(([, { by }]) => by === entry).length;
  const last = same > 0 ? ` (last of ${same + 1})` : '';
  const isCased = entry.principal !== canonical;
  const cased = isCased ? '; letter case does not count' : '';
  if (standing === 'at random') return `matches, counts at random${cased}`;
  if (standing === 'unknown') return `matches, unless an access entry overrides it${cased}`;
  return `matches, in force${last}${cased}`;
}

/**
 * The same permission set under another suffix, the same name elsewhere, or in an ARN that nobody has; and the root
 * user, who is not the account.
 */
function nearStep(view: View, key: string, entry: WrittenEntry): readonly Step[] {
  const near = nearTo(key, entry.principal);
  if (near === undefined) return [];
  const { rule, clause = '' } = view.standing.get(entry)?.reason ?? {};
  const isMeant = near.isName && rule === 'principal-never-matches';
  return [
    {
      ...entryStepLine(view, entry),
      // An entry that matches no principal was meant for one of this name.
      text: isMeant ? `meant for ${whoOf(entry.principal)}: ${clause}` : near.text,
      note: '',
      rule: isMeant ? rule : near.rule,
    },
  ];
}

function givesOf(userName: string, others: readonly string[]): string {
  return [userName === '' ? 'no user name' : userName, ...others.filter((each) => each !== '')].join(', ');
}

export function nameOf(policyArn: string): string {
  return policyArn.slice(policyArn.lastIndexOf('/') + 1);
}
