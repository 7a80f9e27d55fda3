/** Walks with the provider's own schedule: what it moves, what it leaves, and who acts at the same time. */
import { type Mapping } from '../model/mapping';
import { type Walk } from './walk';
import {
  AS_CHIEF,
  AS_NODE,
  AS_OPS,
  AS_PERSON,
  AS_TEAM,
  byHand,
  CHIEF,
  entryByHand,
  NOBODY,
  NODES,
  OPS,
  start,
  TEAM,
} from './words';

const MODE = { do: 'foreign', act: { act: 'mode' } } as const;
const RUN = { do: 'run' } as const;
const ADOPT = { existing: 'ADOPT' } as const;
const REPLACE = { existing: 'REPLACE' } as const;
const FORCED: Mapping = { ...TEAM, forced: 'CONFIG_MAP' };
const TWO: Mapping = { ...TEAM, principal: 'two' };

/** What a run does after the mode has moved on, told once for each way in which the mapping came to aws-auth. */
const moved = { awsAuth: [], logins: { one: AS_TEAM } } as const;

/** Calls of a run that moves one mapping: aws-auth, CloudFormation twice, the access entry, and then its creation. */
const ENTRY_MADE = 5;
/** After that: aws-auth is read, and written. */
const MAPPING_TAKEN = 7;

export const FOLLOWING: readonly Walk[] = [
  {
    name: 'a stack is deleted while a run goes on from the access entry of a run that was killed',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'foreign', act: { act: 'mode' } },
      { do: 'run', fault: { at: 5, kind: 'killed' } },
      {
        do: 'run',
        split: { at: 5, step: { do: 'delete', stack: 'alpha' } },
        then: { api: ['admin'], awsAuth: [] },
      },
    ],
  },
  {
    name: 'a stack is deleted while a run moves its mapping, and a person makes an access entry in its place',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, principal: 'two' }, B: CHIEF } },
      { do: 'foreign', act: { act: 'mode' } },
      {
        do: 'run',
        split: {
          at: 8,
          step: {
            do: 'delete',
            stack: 'alpha',
            course: { meanwhile: { event: 1, act: entryByHand('one') } },
          },
        },
        then: { logins: { one: AS_PERSON } },
      },
    ],
  },
  {
    name: 'made in CONFIG_MAP, the mode moves, the schedule moves the mapping, the mode moves on, the stack is deleted',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { ...RUN, then: { awsAuth: ['one'], logins: { one: AS_TEAM } } },
      MODE,
      { ...RUN, then: { api: ['admin', 'one'], ...moved } },
      { ...MODE, then: { logins: { one: AS_TEAM } } },
      { ...RUN, then: { api: ['admin', 'one'], ...moved } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [], logins: { one: NOBODY } } },
    ],
  },
  {
    name: 'the mode moves twice before the schedule has a run',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      { ...MODE, then: { logins: { one: NOBODY } } },
      { ...RUN, then: { api: ['admin', 'one'], ...moved } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
  {
    name: 'a run that is to report moves nothing',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      { do: 'run', report: true, then: { api: ['admin'], awsAuth: ['one'] } },
    ],
  },
  {
    name: 'the schedule leaves what is forced into aws-auth, what an access entry cannot say, and what has no record',
    start: start('CONFIG_MAP', byHand('node')),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: FORCED, B: { ...TWO, user: '{{SessionName}}' } },
      },
      MODE,
      { ...RUN, then: { api: ['admin', 'node'], awsAuth: ['one', 'two'], logins: { one: AS_TEAM } } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin', 'node'], awsAuth: [] } },
    ],
  },
  {
    name: 'an adopted mapping is moved, updated and taken back, and its Delete gives back what was found',
    start: start('CONFIG_MAP', byHand('one')),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, ...ADOPT } } },
      MODE,
      { ...RUN, then: { api: ['admin', 'one'], logins: { one: AS_TEAM } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...OPS, ...ADOPT } },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [], logins: { one: AS_PERSON } } },
    ],
  },
  {
    name: 'a mapping that replaced another one is moved, and nothing comes back with its Delete',
    start: start('CONFIG_MAP', byHand('one')),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, ...REPLACE } } },
      MODE,
      { ...RUN, then: { api: ['admin', 'one'], ...moved } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], logins: { one: NOBODY } } },
    ],
  },
  {
    name: 'a run between the write of a Create and its answer',
    start: start('CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, user: '{{SessionName}}' } },
        course: { run: { event: 0, at: 99 } },
        then: { stacks: { alpha: 'CREATE_COMPLETE' }, awsAuth: ['one'] },
      },
      MODE,
      {
        do: 'deploy',
        stack: 'beta',
        template: { A: { ...TWO, forced: 'CONFIG_MAP' } },
        course: { run: { event: 0, at: 99 } },
        then: { stacks: { beta: 'CREATE_COMPLETE' }, api: ['admin'], awsAuth: ['one', 'two'] },
      },
      { do: 'delete', stack: 'beta', then: { awsAuth: ['one'] } },
    ],
  },
  {
    name: 'a run during an Update that fails and its way back',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        course: { run: { event: 0, at: 2 }, siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, ...moved },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
  {
    name: 'an Update that fails and its way back, during a run that has made the access entry',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'run',
        split: {
          at: ENTRY_MADE + 1,
          step: { do: 'deploy', stack: 'alpha', template: { A: OPS }, course: { siblingFails: true } },
        },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['admin', 'one'], ...moved },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
  {
    name: 'a rename is under way while the schedule has a run',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: TEAM },
        course: { run: { event: 1, at: 0 } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, api: ['admin', 'one'], ...moved },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
  {
    name: 'a rename of what is forced into aws-auth no longer, taken back after a run',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'run',
        split: {
          at: 1,
          step: { do: 'deploy', stack: 'alpha', template: { B: OPS }, course: { siblingFails: true } },
        },
      },
      MODE,
      { ...RUN, then: { api: ['admin', 'one'], ...moved } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: OPS },
        course: { run: { event: 1, at: 0 }, siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['admin', 'one'], ...moved },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
  {
    name: 'the stack is deleted while a run has made the access entry and not yet taken the mapping out of aws-auth',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'run',
        split: { at: ENTRY_MADE + 1, step: { do: 'delete', stack: 'alpha' } },
        then: {
          stacks: { alpha: 'DELETE_COMPLETE' },
          api: ['admin'],
          awsAuth: [],
          logins: { one: NOBODY },
        },
      },
    ],
  },
  {
    name: 'the stack is deleted just before a run makes the access entry, which is taken back',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'run',
        split: { at: ENTRY_MADE, step: { do: 'delete', stack: 'alpha' } },
        then: { api: ['admin'], awsAuth: [], logins: { one: NOBODY } },
      },
    ],
  },
  {
    name: 'a mapping gets a new name as one of nodes while a run moves it: the run leaves the access entry of the nodes',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'run',
        split: {
          at: MAPPING_TAKEN,
          step: {
            do: 'deploy',
            stack: 'alpha',
            template: { B: { ...NODES, principal: 'one', forced: 'API' } },
          },
        },
        then: { api: ['admin', 'one'], awsAuth: [], logins: { one: AS_NODE } },
      },
    ],
  },
  {
    name: 'an Update forces the mapping into aws-auth just before a run makes the access entry, which is taken back',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'run',
        split: {
          at: ENTRY_MADE,
          step: { do: 'deploy', stack: 'alpha', template: { A: { ...OPS, forced: 'CONFIG_MAP' } } },
        },
        then: { api: ['admin'], awsAuth: ['one'], logins: { one: AS_OPS } },
      },
    ],
  },
  {
    name: 'a run while a replacement cleans up the mapping before it',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TWO },
        course: { run: { event: 1, at: 2 } },
        then: {
          stacks: { alpha: 'UPDATE_COMPLETE' },
          api: ['admin', 'two'],
          awsAuth: [],
          logins: { one: NOBODY },
        },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
  {
    name: 'a run moves the mapping that another stack’s Create is about to replace in aws-auth',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'deploy',
        stack: 'beta',
        template: { A: { ...OPS, forced: 'CONFIG_MAP', ...REPLACE } },
        course: { run: { event: 0, at: 3 } },
        then: { stacks: { beta: 'CREATE_COMPLETE' }, api: ['admin'], logins: { one: AS_OPS } },
      },
    ],
  },
  {
    name: 'EKS does not allow the access entry to be made: the mapping stays, and the next run moves it',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'run',
        fault: { at: ENTRY_MADE, kind: 'denied' },
        then: { api: ['admin'], awsAuth: ['one'], logins: { one: AS_TEAM } },
      },
      { ...RUN, then: { api: ['admin', 'one'], ...moved } },
    ],
  },
  {
    name: 'a run is stopped when the access entry is in place: the next one takes the mapping out of aws-auth',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'run',
        fault: { at: MAPPING_TAKEN, kind: 'stall' },
        then: { api: ['admin', 'one'], awsAuth: ['one'], logins: { one: AS_TEAM } },
      },
      { ...RUN, then: { api: ['admin', 'one'], ...moved } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
  {
    name: 'a run is stopped before the access entry has its policy: the next one completes it',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: CHIEF } },
      MODE,
      {
        do: 'run',
        fault: { at: ENTRY_MADE + 1, kind: 'stall' },
        then: { api: ['admin', 'one'], awsAuth: ['one'] },
      },
      { ...RUN, then: { api: ['admin', 'one'], awsAuth: [], logins: { one: AS_CHIEF } } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
];
