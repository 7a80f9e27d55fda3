/** The bytes of aws-auth that are not ours: each stretch that people left is there, in order, and nothing else is. */
import { awsAuthContents, type ConfigMapState } from './cluster';
import { isUnclear } from './cell';
import { type SeenWorld } from './seen-world';

export interface Change {
  readonly arn: string;
  readonly was: string | undefined;
  readonly is: string | undefined;
}

/** Principals of which aws-auth says something else than before. */
export function changesOf(before: ConfigMapState | undefined, after: ConfigMapState): readonly Change[] {
  const [was, is] = [before, after].map((state) => awsAuthContents(state?.data['mapRoles'] ?? ''));
  if (!was || !is) return [];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((arn) => ({ arn, was: was.get(arn), is: is.get(arn) }))
    .filter((change) => change.was !== change.is);
}

export function checkForeignText(
  { foreign, ledger }: SeenWorld,
  before: ConfigMapState | undefined,
  after: ConfigMapState,
): readonly string[] {
  const text = after.data['mapRoles'] ?? '';
  const wrong: string[] = [];
  let rest = '';
  let at = 0;
  const blocks = foreign.blocks.map(({ principal, text: block }) => ({
    block,
    mayBeTaken:
      principal !== undefined &&
      (ledger.isHeld('CONFIG_MAP', principal) ||
        isUnclear(ledger.cell('CONFIG_MAP', principal)) ||
        ledger.cell('CONFIG_MAP', principal).isReplaced),
  }));
  for (const [number, { block, mayBeTaken }] of blocks.entries()) {
    const found = text.indexOf(block, at);
    // What ours says may be written as the block was that it has taken, and in another place.
    const following = blocks.slice(number + 1).filter((other) => !other.mayBeTaken);
    const isOurs = mayBeTaken && !hasAll(text, found + block.length, following);
    if (found < 0 || isOurs) {
      if (!mayBeTaken)
        wrong.push(`bytes of another tool changed in mapRoles: ${JSON.stringify(block)} is gone`);
      continue;
    }
    rest += text.slice(at, found);
    at = found + block.length;
  }
  rest += text.slice(at);
  for (const arn of awsAuthContents(rest).keys()) {
    const isOurs = ledger.heldArns().includes(arn);
    if (!isOurs) wrong.push(`mapRoles has an entry of ${arn} that nobody asked for`);
  }
  return [...wrong, ...checkOthers(before, after)];
}

/** Whether the blocks are there from `at` on, in their order. */
function hasAll(text: string, at: number, blocks: readonly { readonly block: string }[]): boolean {
  return (
    blocks.reduce((from, { block }) => {
      const found = from < 0 ? -1 : text.indexOf(block, from);
      return found < 0 ? -1 : found + block.length;
    }, at) >= 0
  );
}

/** Other sections and annotations. */
function checkOthers(before: ConfigMapState | undefined, after: ConfigMapState): readonly string[] {
  const others = (state: ConfigMapState | undefined): string => {
    const { mapRoles: _, ...data } = state?.data ?? {};
    const annotations = Object.entries(state?.annotations ?? {}).filter(
      ([key]) => !key.startsWith('cfn-eks-access/'),
    );
    return JSON.stringify([data, annotations.sort()]);
  };
  return others(before) === others(after) ? [] : ['another section or annotation of aws-auth changed'];
}

/** Whether mapRoles is to the byte what people left, where no resource of ours holds anything in it. */
export function checkWholeText({ foreign, ledger, cluster }: SeenWorld): readonly string[] {
  const text = cluster.mapRoles();
  const left = foreign.blocks.map((block) => block.text).join('');
  if (text === left || ledger.heldArns().length > 0) return [];
  // An empty list is the same as none where people left none.
  if (left === '' && /^(\[\])?\s*$/.test(text)) return [];
  return [`mapRoles is ${JSON.stringify(text)}, and people left ${JSON.stringify(left)}`];
}
