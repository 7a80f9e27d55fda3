/** Walks over a different entry of aws-auth that a person wrote: FAIL, ADOPT and REPLACE, in the same place and in the other; and ADOPT of nodes. */
import { type Start } from '../step';
import { type Walk } from './walk';
import { AS_NODE, AS_OPS, AS_PERSON, AS_TEAM, byHand, NOBODY, NODES, OPS, start, TEAM } from './words';

const ADOPT = { existing: 'ADOPT' } as const;
const REPLACE = { existing: 'REPLACE' } as const;
const MODES: readonly Start['mode'][] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP'];

/** A different entry of aws-auth, written by hand, in a mode that has it in the same place and in the other. */
const byHandDiffers = (mode: Start['mode']): readonly Walk[] => [
  {
    name: `FAIL over a different entry of aws-auth (${mode})`,
    start: start(mode, byHand('one')),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: `ADOPT over a different entry of aws-auth, update, rollback and delete (${mode})`,
    start: start(mode, byHand('one')),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, ...ADOPT } },
        then: { logins: { one: AS_TEAM } },
      },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...OPS, ...ADOPT } },
        then: { logins: { one: AS_OPS } },
      },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, ...ADOPT } },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_OPS } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true, logins: { one: AS_PERSON } } },
    ],
  },
  {
    name: `ADOPT that is rolled back (${mode})`,
    start: start(mode, byHand('one')),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, ...ADOPT } },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true },
      },
    ],
  },
  {
    name: `REPLACE over a different entry of aws-auth, update and delete (${mode})`,
    start: start(mode, byHand('one')),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, ...REPLACE } },
        then: { logins: { one: AS_TEAM } },
      },
      { do: 'deploy', stack: 'alpha', template: { A: OPS }, then: { logins: { one: AS_OPS } } },
      { do: 'delete', stack: 'alpha', then: { logins: { one: NOBODY } } },
    ],
  },
];

const NODES_ADOPT: Walk = {
  name: 'a node’s mapping with ADOPT, where nothing was: its Delete leaves the access entry, and says so',
  start: start('API'),
  steps: [
    {
      do: 'deploy',
      stack: 'alpha',
      template: { A: { ...NODES, ...ADOPT } },
      then: { logins: { node: AS_NODE } },
    },
    // No record tells that it was not there before.
    { do: 'delete', stack: 'alpha', then: { stacks: { alpha: 'DELETE_COMPLETE' }, api: ['node'] } },
  ],
};

export const EXISTING_ENTRY: readonly Walk[] = [...MODES.flatMap(byHandDiffers), NODES_ADOPT];
