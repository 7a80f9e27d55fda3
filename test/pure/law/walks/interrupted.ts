/** Walks over events that stop half-way, and what they leave. */
import { type Walk } from './walk';
import { AS_OPS, start, TEAM } from './words';
import { type Mapping } from '../model/mapping';

const ADOPTING: Mapping = { ...TEAM, groups: ['ops'], existing: 'ADOPT' };

export const INTERRUPTED: readonly Walk[] = [
  {
    name: 'the Delete of an old name that stops between two calls',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'deploy', stack: 'beta', template: { A: ADOPTING } },
      {
        do: 'deploy',
        stack: 'beta',
        template: { B: ADOPTING },
        course: { faults: { 1: { at: 3, kind: 'denied' } } },
        then: { stacks: { beta: 'UPDATE_COMPLETE' }, logins: { one: AS_OPS } },
      },
      { do: 'delete', stack: 'beta', then: { stacks: { beta: 'DELETE_COMPLETE' }, api: ['one'] } },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
];
