/** The records of the product as they are written: what is done with them is seen, never believed. */
import { OWNERS_ANNOTATION, TAGS } from '../../../../access/contract';
import { type ConfigMapState, type Entry } from './cluster';
import { type OwnerKey, type PrincipalName, principalOf } from './names';

export interface Recorded {
  readonly owner: OwnerKey;
  /** The date of the event that wrote last, as the record says. */
  readonly at: number | undefined;
  /** All of it. */
  readonly text: string;
}

type Annotation = Readonly<
  Record<string, Readonly<Record<string, { id?: string; at?: number }>> | undefined>
>;

/** Of aws-auth, by principal. */
export function recordsIn(state: ConfigMapState | undefined): ReadonlyMap<PrincipalName, Recorded> {
  const text = state?.annotations[OWNERS_ANNOTATION];
  if (text === undefined) return new Map();
  const { stacks = {} } = JSON.parse(text) as { stacks?: Annotation };
  const all = Object.entries(stacks).flatMap(([stackId, records = {}]) =>
    Object.entries(records).map(([arn, record]) => ({ stackId, name: principalOf(arn), record })),
  );
  return new Map(
    all.flatMap(({ stackId, name, record }) =>
      name === undefined
        ? []
        : [[name, { owner: `${stackId}#${record.id ?? ''}`, at: record.at, text: JSON.stringify(record) }]],
    ),
  );
}

/** Of an access entry. */
export function recordOn(entry: Entry | undefined): Recorded | undefined {
  const [, stackId, logicalId] = /^v\d+\/(.*)\/([^/]*)$/.exec(entry?.tags[TAGS.owner] ?? '') ?? [];
  if (!entry || stackId === undefined || logicalId === undefined) return undefined;
  const at = entry.tags[TAGS.at];
  const tags = Object.entries(entry.tags).filter(([key]) => key.startsWith('cfn-eks-access:'));
  return {
    owner: `${stackId}#${logicalId}`,
    at: at === undefined ? undefined : Number(at),
    text: `${JSON.stringify(tags.sort())} ${foundOn(entry)}`,
  };
}

/** What the record keeps of those before it, in as many tags as it takes. */
function foundOn({ tags }: Entry): string {
  const keys = Object.keys(tags).filter((key) => key === TAGS.found || key.startsWith(`${TAGS.found}.`));
  const chunks = keys.sort(byNumber).map((key) => tags[key] ?? '');
  return Buffer.from(chunks.join('').replace(/^\d+\./, ''), 'base64url').toString();
}

function byNumber(a: string, b: string): number {
  const [first, second] = [a, b].map((key) => Number(key.slice(TAGS.found.length + 1)));
  return (first ?? 0) - (second ?? 0);
}

/** Whether another one's record keeps the entry for the owner, to be given back. */
export function keepsFor(record: Recorded | undefined, owner: OwnerKey): boolean {
  const [stackId, logicalId] = owner.split('#');
  return record?.owner !== owner && record?.text.includes(JSON.stringify({ stackId, logicalId })) === true;
}
