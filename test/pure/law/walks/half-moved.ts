/** Walks with a run of the schedule that does not move a mapping in one go: an event comes between its calls, or an answer is lost. */
import { type Mapping } from '../model/mapping';
import { type Walk } from './walk';
import { AS_TEAM, start, TEAM } from './words';

const MODE = { do: 'foreign', act: { act: 'mode' } } as const;
const WRITER: Mapping = { ...TEAM, rights: [{ name: 'edit', namespaces: ['n0'] }] };
const READER: Mapping = { ...TEAM, rights: [{ name: 'view', namespaces: [] }], engine: 'RBAC' };

/** Of a run that moves a mapping with one right by policy: before the policy, before it is looked for, before the groups go. */
const IN_BETWEEN = [8, 9, 10];

export const HALF_MOVED: readonly Walk[] = [
  ...IN_BETWEEN.map((at): Walk => ({
    name: `an Update gives other rights while a run moves the mapping, which leaves them as they are (before call ${at} of the run)`,
    start: { ...start('CONFIG_MAP'), rights: 'installed' },
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: WRITER } },
      MODE,
      {
        do: 'run',
        split: { at, step: { do: 'deploy', stack: 'alpha', template: { A: READER } } },
        then: {
          stacks: { alpha: 'UPDATE_COMPLETE' },
          api: ['admin', 'one'],
          awsAuth: [],
          rights: { one: ['view@*'] },
        },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [], rights: { one: [] } } },
    ],
  })),
  {
    name: 'a run takes a mapping out of aws-auth that CloudFormation has given up on, and the answer is lost: it has moved',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM, B: { ...TEAM, principal: 'two' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: { ...TEAM, principal: 'two' } },
        course: { faults: { 0: { at: 1, kind: 'denied' } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, awsAuth: ['one', 'two'] },
      },
      { do: 'delete', stack: 'alpha', then: { awsAuth: ['one'] } },
      MODE,
      {
        do: 'run',
        fault: { at: 7, kind: 'lost-after' },
        then: { api: ['admin', 'one'], awsAuth: [], logins: { one: AS_TEAM } },
      },
    ],
    isOpenEnded: true,
  },
];
