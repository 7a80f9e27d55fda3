/** Walks over mappings with `ExpiresAt`: the schedule ends them, and events do not bring them back. */
import { type Mapping } from '../model/mapping';
import { type Walk } from './walk';
import {
  AS_NODE,
  AS_OPS,
  AS_PERSON,
  AS_TEAM,
  byHand,
  entryByHand,
  NOBODY,
  NODES,
  NODES_BY_HAND,
  OPS,
  start,
  TEAM,
} from './words';

const RUN = { do: 'run' } as const;
const LATER = { do: 'wait', seconds: 600 } as const;
/** It ends ten minutes after the beginning. */
const BRIEF: Mapping = { ...TEAM, expires: 10 };
const LONGER: Mapping = { ...OPS, expires: 1_000 };
const SAME = { user: TEAM.user, groups: [...TEAM.groups] };

export const EXPIRING: readonly Walk[] = [
  ...(['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const).flatMap((mode): readonly Walk[] => [
    {
      name: `a mapping ends, its Update maps nobody, a later date maps again (${mode})`,
      start: start(mode),
      steps: [
        { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
        { ...RUN, then: { logins: { one: AS_TEAM } } },
        LATER,
        { do: 'run', report: true, then: { asFound: true, logins: { one: NOBODY } } },
        {
          do: 'deploy',
          stack: 'alpha',
          template: { A: { ...BRIEF, longer: 5 } },
          then: { stacks: { alpha: 'UPDATE_COMPLETE' }, asFound: true },
        },
        { do: 'deploy', stack: 'alpha', template: { A: LONGER }, then: { logins: { one: AS_OPS } } },
        { do: 'delete', stack: 'alpha', then: { asFound: true } },
      ],
    },
    {
      name: `an adopted mapping ends, and what was found comes back (${mode})`,
      start: start(mode, byHand('one')),
      steps: [
        { do: 'deploy', stack: 'alpha', template: { A: { ...BRIEF, existing: 'ADOPT' } } },
        LATER,
        { ...RUN, then: { asFound: true, logins: { one: AS_PERSON } } },
        { do: 'delete', stack: 'alpha', then: { asFound: true } },
      ],
    },
    {
      name: `an Update gives a later date while a run is under way (${mode})`,
      start: start(mode),
      steps: [
        { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
        LATER,
        {
          do: 'run',
          // It has seen the date.
          split: {
            at: mode === 'CONFIG_MAP' ? 3 : 5,
            step: { do: 'deploy', stack: 'alpha', template: { A: LONGER } },
          },
          then: { logins: { one: AS_OPS } },
        },
        { do: 'delete', stack: 'alpha', then: { asFound: true } },
      ],
    },
    {
      name: `a run while an Update gives a later date (${mode})`,
      start: start(mode),
      steps: [
        { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
        LATER,
        {
          do: 'deploy',
          stack: 'alpha',
          template: { A: LONGER },
          course: { run: { event: 0, at: 1 } },
          then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_OPS } },
        },
      ],
    },
  ]),
  ...([2, 3, 4, 5, 6, 7] as const).map((at): Walk => ({
    name: `an Update ends a mapping while a run moves it (before call ${at} of the run)`,
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'foreign', act: { act: 'mode' } },
      LATER,
      {
        do: 'run',
        split: { at, step: { do: 'deploy', stack: 'alpha', template: { A: BRIEF } } },
        // The administrator's is EKS's own.
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, api: ['admin'], awsAuth: [], logins: { one: NOBODY } },
      },
    ],
  })),
  ...([3, 4, 5, 6] as const).map((at): Walk => ({
    name: `an Update that asks for the same moves a mapping while a run moves it (before call ${at} of the run)`,
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'foreign', act: { act: 'mode' } },
      {
        do: 'run',
        split: { at, step: { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, longer: 5 } } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_TEAM }, awsAuth: [] },
      },
    ],
  })),
  {
    name: 'the way back onto a mapping that has ended meanwhile',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
      LATER,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: LONGER },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, asFound: true },
      },
    ],
  },
  {
    name: 'the way back from a replacement onto a mapping that has ended meanwhile',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
      LATER,
      // What is still there as it was needs no leave to be there.
      { do: 'run' },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...OPS, principal: 'two' } },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, asFound: true },
      },
    ],
  },
  {
    name: 'a Create whose answer was lost, tried again when its mapping has ended',
    start: start('API'),
    steps: [
      { do: 'wait', seconds: 570 },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: BRIEF },
        course: { faults: { 0: { at: 1, kind: 'unanswered' } } },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true },
      },
    ],
  },
  {
    name: 'a person maps the principal as before once the mapping has ended: neither Update nor Delete takes that',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
      LATER,
      { ...RUN, then: { asFound: true } },
      { do: 'foreign', act: byHand('one', SAME) },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { awsAuth: ['one'], logins: { one: AS_TEAM } } },
    ],
  },
  {
    name: 'the same, and the stack is deleted at once',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
      LATER,
      { ...RUN, then: { asFound: true } },
      { do: 'foreign', act: byHand('one', SAME) },
      { do: 'delete', stack: 'alpha', then: { awsAuth: ['one'], logins: { one: AS_TEAM } } },
    ],
  },
  {
    name: 'the same among access entries',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
      LATER,
      { ...RUN, then: { asFound: true } },
      { do: 'foreign', act: entryByHand('one', SAME) },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['one'], logins: { one: AS_TEAM } } },
    ],
  },
  {
    name: 'a mapping that has ended becomes one of nodes, where EKS has made their access entry',
    start: start('CONFIG_MAP', NODES_BY_HAND),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...BRIEF, principal: 'one' } } },
      { do: 'foreign', act: { act: 'unmap', principal: 'node' } },
      { do: 'deploy', stack: 'alpha', template: { A: { ...BRIEF, principal: 'node' } } },
      { do: 'foreign', act: { act: 'mode' } },
      LATER,
      RUN,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODES },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin', 'node'], logins: { node: AS_NODE } } },
    ],
  },
  {
    name: 'a mapping ends while a run is about to move it',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: BRIEF } },
      { do: 'foreign', act: { act: 'mode' } },
      { do: 'wait', seconds: 410 },
      { do: 'run', split: { at: 2, step: { do: 'wait', seconds: 10 } }, then: { api: ['admin'] } },
      { ...RUN, then: { api: ['admin'], awsAuth: [], logins: { one: NOBODY } } },
    ],
  },
  {
    name: 'a young duplicate of a Create after the Update by which its mapping has ended',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'wait', seconds: 590 },
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'wait', seconds: 10 },
      { do: 'deploy', stack: 'alpha', template: { A: BRIEF }, then: { asFound: true } },
      { do: 'repeat', back: 1, then: { asFound: true, logins: { one: NOBODY } } },
    ],
  },
  {
    name: 'a young duplicate of a replacement after the Update by which its mapping has ended',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...OPS, principal: 'two' } } },
      { do: 'wait', seconds: 590 },
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'wait', seconds: 10 },
      { do: 'deploy', stack: 'alpha', template: { A: BRIEF }, then: { asFound: true } },
      // The clean-up of the replaced mapping lies between.
      { do: 'repeat', back: 2, then: { asFound: true, logins: { one: NOBODY } } },
    ],
  },
  {
    name: 'a mapping of nodes becomes one that has ended',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES }, then: { logins: { node: AS_NODE } } },
      LATER,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...BRIEF, principal: 'node' } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, asFound: true },
      },
    ],
  },
];
