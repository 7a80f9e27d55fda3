/** Walks with a run of the schedule that does not move a mapping in one go: an event comes between its calls, or an answer is lost. */
import { type Walk } from './walk';
import { AS_TEAM, start, TEAM } from './words';

const MODE = { do: 'foreign', act: { act: 'mode' } } as const;

export const HALF_MOVED: readonly Walk[] = [
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
