/** `recover`: the ways back into a cluster, each with why it works, what it needs and its commands. Pure. */
import { partsOfArn } from '../../access/arn';
import { isPartial, unseenOf } from '../../access/explain/summary';
import { endStep, loginSteps } from '../../access/recovery/command';
import { recoveryOf } from '../../access/recovery/recover';
import { type RecoveryFacts, type Way } from '../../access/recovery/recovery';
import { type Looked } from '../input/look';
import { type LiveOptions } from '../live-options';
import { type MadeAdmin } from '../reach-cluster/reach-cluster';
import { type ExitCode, type Outcome } from '../outcome';
import { lineOf } from '../text/line';
import { paragraph, stepLines, wayLines } from './recover-lines';

export interface Asked {
  readonly caller: string | undefined;
  readonly admin: string | undefined;
}

export function factsOf({ cluster, source, live, described }: Looked, asked: Asked): RecoveryFacts {
  const region = described && partsOfArn(described.arn).region;
  const isFile = source !== undefined && live === undefined;
  return {
    cluster,
    region: region ?? live?.region,
    profile: live?.profile,
    platform: described?.platform,
    madeBy: described?.madeBy,
    text: source?.text,
    file: isFile ? (source.name === 'stdin' ? 'FILE' : source.name) : undefined,
    ...asked,
  };
}

export function recover(looked: Looked, asked: Asked): Outcome {
  const { cluster, name } = looked;
  const { ways, repair, summary } = recoveryOf(factsOf(looked, asked));
  const unseen = unseenOf(cluster);
  const closed = ways.filter(({ state }) => state === 'closed');
  const open = ways.filter(({ state }) => state !== 'closed');
  return {
    exitCode: exitOf(ways, cluster.mode === undefined || isPartial(cluster)),
    text: (width) => [
      ...paragraph(
        `${name}${cluster.mode === undefined ? '' : `, ${cluster.mode}`}: ${summary}`,
        width,
        0,
        'strong',
      ),
      ...unseen.flatMap((text) => paragraph(text, width)),
      ...open.flatMap((way, index) => wayLines(way, index + 1, width)),
      ...(closed.length === 0 ? [] : [[], lineOf('Not here', 'strong')]),
      ...closed.flatMap(({ title, why }) => paragraph(`✗ ${title}: ${why}`, width)),
      ...(repair === undefined
        ? []
        : [[], lineOf('What to write to aws-auth', 'strong'), ...paragraph(repair.why, width, 2)]),
      ...(repair?.steps ?? []).flatMap((step) => stepLines(step, width)),
      ...(repair?.text === undefined
        ? []
        : [
            [],
            ...repair.text
              .trimEnd()
              .split('\n')
              .map((line) => lineOf(line)),
          ]),
    ],
    plain: ways.flatMap((way) => [
      ['way', way.name, way.state, way.title, way.why, way.needs.join('; '), way.trap ?? ''],
      ...way.steps.map(({ command, about }) => ['step', way.name, command, about]),
    ]),
    json: {
      command: 'recover',
      file: name,
      mode: cluster.mode ?? null,
      summary,
      unseen,
      ways: ways.map((way) => ({ ...way, trap: way.trap ?? null })),
      repair: repair === undefined ? null : { ...repair, text: repair.text ?? null },
      done: null,
    },
    hints: [],
  };
}

/** What `--approve` has done. */
export function madeAdmin(
  { cluster, profile }: LiveOptions,
  { region, principalArn, done }: MadeAdmin,
  until: number,
): Outcome {
  const facts = { cluster: { name: cluster }, region, profile };
  const end = new Date(until).toISOString();
  const summary =
    done.length === 0
      ? `${principalArn} is an administrator of ${cluster} already, by an access entry that recover has not made: nothing was done.`
      : `${principalArn} is an administrator of ${cluster} until ${end}.`;
  const steps = [
    ...loginSteps(facts, principalArn),
    ...(done.length === 0 ? [] : [endStep(facts, principalArn)]),
  ];
  return {
    exitCode: 0,
    text: (width) => [
      ...paragraph(summary, width, 0, 'strong'),
      ...steps.flatMap((step) => stepLines(step, width)),
    ],
    plain: [...done.map((text) => ['done', text]), ['result', summary]],
    json: {
      command: 'recover',
      file: cluster,
      mode: null,
      summary,
      unseen: [],
      ways: [],
      repair: null,
      done: { principalArn, until: done.length === 0 ? null : end, steps: done },
    },
    hints: [],
  };
}

function exitOf(ways: readonly Way[], isOpen: boolean): ExitCode {
  if (ways.some(({ state }) => state === 'open')) return 0;
  return isOpen || ways.some(({ state }) => state === 'maybe') ? 2 : 1;
}
