/** What a step came to, as text for a terminal or a pipe, or as one line of JSON. Pure. */
import { inWords } from '../../access/rights/in-words';
import { difference, type AccessSnapshot } from './access-snapshot';
import { type AccessChange } from './cluster-snapshots';
import { type Step } from './session';

export type Paint = (style: 'green' | 'red' | 'cyan' | 'bold' | 'dim', text: string) => string;

const codes = { green: 32, red: 31, cyan: 36, bold: 1, dim: 2 } as const;

export const inColour: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;
export const plain: Paint = (_, text) => text;

export function stepReport(step: Step, paint: Paint): string {
  return [
    paint('bold', `▶ ${step.title}`),
    ...eventLines(step, paint),
    ...step.notes.map((note) => `  ${paint('dim', note)}`),
    ...(step.log ?? []).map((line) => `  ${paint(/^(WARN|ERROR)/.test(line) ? 'red' : 'dim', line)}`),
    ...step.outputs.map(({ key, value }) => `  ${paint('dim', 'output')} ${key} = ${value}`),
    '',
    ...changeLines(
      'aws-auth (ConfigMap kube-system/aws-auth)',
      step.before.awsAuth,
      step.after.awsAuth,
      paint,
    ),
    ...changeLines('access entries', step.before.accessEntries, step.after.accessEntries, paint),
    ...bindingLines('bindings of roles', step, paint),
    ...[...step.made].flatMap(([name, { before, after }]) => [
      ...changeLines(`aws-auth of cluster ${name}`, before.awsAuth, after.awsAuth, paint),
      ...changeLines(`access entries of cluster ${name}`, before.accessEntries, after.accessEntries, paint),
      ...bindingLines(`bindings of roles of cluster ${name}`, { before, after }, paint),
    ]),
    '',
  ].join('\n');
}

export function stepReportAsJson(step: Step): string {
  const { title, status, reason, events, outputs, made, log, notes } = step;
  return JSON.stringify({
    step: title,
    status,
    reason,
    events: events.map(({ timestamp, logicalId, physicalId, type, status: state, reason: why }) => ({
      timestamp: new Date(timestamp).toISOString(),
      logicalId,
      physicalId,
      type,
      status: state,
      reason: why,
    })),
    log,
    notes,
    outputs: Object.fromEntries(outputs.map(({ key, value }) => [key, value])),
    ...changesOf(step),
    clusters: Object.fromEntries([...made].map(([name, change]) => [name, changesOf(change)])),
  });
}

function changesOf({ before, after }: AccessChange): object {
  const changed = (kind: keyof AccessSnapshot): object => ({
    before: before[kind],
    after: after[kind],
    diff: difference(before[kind], after[kind]) ?? '',
  });
  return {
    awsAuth: changed('awsAuth'),
    accessEntries: changed('accessEntries'),
    bindings: changed('bindings'),
  };
}

function eventLines({ events }: Step, paint: Paint): string[] {
  const width = (pick: (event: Step['events'][number]) => string): number =>
    Math.max(0, ...events.map((event) => pick(event).length));
  const statusWidth = width((event) => event.status);
  const typeWidth = width((event) => event.type);
  return events.flatMap(({ timestamp, status, type, logicalId, reason }) => {
    const time = new Date(timestamp).toISOString().slice(11, 19);
    const style = /FAILED|ROLLBACK/.test(status) ? 'red' : status.endsWith('COMPLETE') ? 'green' : 'cyan';
    const line = `  ${paint('dim', time)}  ${paint(style, status.padEnd(statusWidth))}  ${type.padEnd(typeWidth)}  ${logicalId}`;
    return reason === undefined || reason === ''
      ? [line]
      : [line, `            ${paint(style === 'red' ? 'red' : 'dim', reason)}`];
  });
}

/** Few mappings need bindings: nothing is said where none changed. */
function bindingLines(title: string, { before, after }: AccessChange, paint: Paint): string[] {
  const patch = difference(before.bindings, after.bindings);
  return patch === undefined ? [] : patchLines(title, patch, paint);
}

function changeLines(title: string, before: string, after: string, paint: Paint): string[] {
  const patch = difference(before, after);
  if (patch === undefined) return [`  ${paint('bold', title)}: ${paint('dim', 'unchanged')}`];
  return [
    ...patchLines(title, patch, paint),
    ...wordsOfGroups(patch).map((text) => `    ${paint('dim', text)}`),
  ];
}

function patchLines(title: string, patch: string, paint: Paint): string[] {
  return [
    `  ${paint('bold', title)}`,
    ...patch.split('\n').map((line) => {
      const text = `    ${line}`;
      if (line.startsWith('+')) return paint('green', text);
      if (line.startsWith('-')) return paint('red', text);
      return line.startsWith('@@') ? paint('cyan', text) : text;
    }),
  ];
}

/** `group cfn-eks-access:view is named right view in the whole cluster`, of every such group in changed lines. */
function wordsOfGroups(patch: string): string[] {
  const changed = patch.split('\n').filter((line) => /^[+-]/.test(line));
  const groups = new Set(changed.flatMap((line) => line.match(/cfn-eks-access:[\w:-]+/g) ?? []));
  return [...groups].flatMap((group) => {
    const words = inWords(group);
    return words === undefined ? [] : [`group ${group} is ${words}`];
  });
}
