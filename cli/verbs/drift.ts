/** `drift`: what became of the mappings that stacks declare on a cluster. Pure. */
import { driftOf } from '../../access/explain/drift/drift';
import { type DriftItem, isDrift } from '../../access/explain/drift/drift-item';
import { type SeenStacks } from '../../access/explain/drift/seen-stack';
import { headlineOfDrift } from '../../access/explain/drift/headline';
import { isPartial, unseenOf } from '../../access/explain/summary';
import { listOf } from '../../access/explain/who';
import { type Looked } from '../input/look';
import { type Outcome } from '../outcome';
import { commandFor } from '../next-command';
import { lineOf, type Line, type Style } from '../text/line';
import { table } from '../text/table';
import { wrapped } from '../text/wrap';

export function drift(
  looked: Looked,
  stacks: SeenStacks,
  isAsked: ((stack: string) => boolean) | undefined,
): Outcome {
  const { cluster, name } = looked;
  const { items, unowned, unseen: unread } = driftOf(cluster, stacks, isAsked);
  const unseen = [...unseenOf(cluster), ...unread];
  const summary = headlineOfDrift(items);
  const shown = items.filter(({ state }) => state !== 'as declared');
  const rest =
    unowned.length === 0
      ? []
      : [
          `${unowned.length} ${unowned.length === 1 ? 'entry belongs' : 'entries belong'} to no stack: ${listOf(unowned, 8)}.`,
        ];
  const isOpen = isPartial(cluster) || unread.length > 0 || items.some(({ state }) => state === 'unknown');
  return {
    exitCode: isOpen ? 2 : items.some(isDrift) ? 1 : 0,
    text: (width) => [
      ...[`${name}: ${summary}`]
        .flatMap((text) => wrapped(text, width))
        .map((text) => lineOf(text, 'strong')),
      ...unseen.flatMap((text) => wrapped(text, width)).map((text) => lineOf(text)),
      ...(shown.length === 0 ? [] : [[], ...driftTable(shown, width)]),
      ...(rest.length === 0
        ? []
        : [[], ...rest.flatMap((text) => wrapped(text, width)).map((text) => lineOf(text))]),
    ],
    plain: items.map((item) => [
      item.state,
      item.stack,
      item.logicalId,
      item.principal,
      placeOf(item),
      item.clause,
      commandOf(item, looked) ?? '',
    ]),
    json: {
      command: 'drift',
      file: name,
      mode: cluster.mode ?? null,
      summary,
      unseen,
      items: items.map((item) => ({
        state: item.state,
        stackId: item.stackId,
        stack: item.stack,
        logicalId: item.logicalId,
        principal: item.principal,
        place: item.place ?? null,
        line: item.line ?? null,
        clause: item.clause,
        command: commandOf(item, looked) ?? null,
      })),
      unowned,
    },
    hints: [
      ...new Set(
        items.flatMap((item) => {
          const command = commandOf(item, looked);
          return command === undefined ? [] : [`Remove: ${command}`];
        }),
      ),
    ].map((text) => lineOf(text)),
  };
}

/** Orphans of aws-auth are removed by one patch for all of them. */
function commandOf({ state, place, command }: DriftItem, looked: Looked): string | undefined {
  if (state !== 'orphan' || place !== 'aws-auth') return command;
  const print = commandFor('drift', looked, '--fix');
  return `${print} > patch.json && kubectl patch configmap aws-auth -n kube-system --type merge --patch-file patch.json`;
}

function driftTable(items: readonly DriftItem[], width: number): readonly Line[] {
  const columns = [
    { head: '', style: (mark: string): Style => (mark === '?' ? 'warn' : 'error') },
    ...['', '', '', ''].map((head) => ({ head })),
  ];
  const rows = items.map((item) => [
    MARKS[item.state] ?? '?',
    `stack ${item.stack}, ${item.logicalId}`,
    item.who,
    placeOf(item),
    `${item.state}: ${item.clause}`,
  ]);
  return table(columns, rows, width);
}

const MARKS: Readonly<Partial<Record<DriftItem['state'], string>>> = {
  gone: '-',
  orphan: '-',
  changed: '~',
  moved: '~',
  shadowed: '!',
  overridden: '!',
  unread: '!',
  taken: '!',
};

function placeOf({ place, line }: DriftItem): string {
  return place === 'aws-auth' && line !== undefined ? `aws-auth:${line}` : (place ?? '-');
}
