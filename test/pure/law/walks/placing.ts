/** Walks through modes, names and replacements: where a mapping lives and who holds it. */
import { type Walk } from './walk';
import { AS_OPS, AS_PERSON, AS_TEAM, entryByHand, NOBODY, NODES, OPS, start, TEAM } from './words';

const TWO = { ...TEAM, principal: 'two' } as const;
const NODE_TWO = { ...NODES, principal: 'two' } as const;

export const PLACING: readonly Walk[] = [
  {
    name: 'made in CONFIG_MAP, the mode moves, the mapping moves, the stack is deleted',
    start: start('CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM },
        then: { awsAuth: ['one'], logins: { one: AS_TEAM } },
      },
      { do: 'foreign', act: { act: 'mode' }, then: { logins: { one: AS_TEAM } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        then: { api: ['admin', 'one'], awsAuth: [], logins: { one: AS_OPS } },
      },
      { do: 'foreign', act: { act: 'mode' }, then: { logins: { one: AS_OPS } } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [], logins: { one: NOBODY } } },
    ],
  },
  {
    name: 'a rename',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: TEAM },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a rename of nodes in aws-auth, whose old name is deleted once EKS has made their access entry',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: NODES },
        course: { meanwhile: { event: 1, act: { act: 'mode' } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, api: ['admin', 'node'], awsAuth: ['node'] },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin', 'node'], awsAuth: [] } },
    ],
  },
  {
    name: 'a rename that is taken back',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: OPS },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a rename that retains the old name',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: OPS },
        retain: ['A'],
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_OPS } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a rename of an adopted mapping to nodes, whose entry could not keep what was there before',
    start: start('API', entryByHand('one')),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, existing: 'ADOPT' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: { ...NODES, principal: 'one' } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true, logins: { one: AS_PERSON } } },
    ],
  },
  {
    name: 'a way back to aws-auth that cannot take the access entry away',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, forced: 'CONFIG_MAP' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        // The way back is the second event.
        course: { faults: { 1: { at: 5, kind: 'denied' } }, siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'the same, where the access entry says that aws-auth holds nothing of it',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, forced: 'CONFIG_MAP' } } },
      {
        do: 'deploy',
        stack: 'gamma',
        template: { A: { ...TEAM, forced: 'CONFIG_MAP', existing: 'REPLACE' } },
      },
      { do: 'delete', stack: 'gamma', then: { asFound: true } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        course: { faults: { 1: { at: 4, kind: 'denied' } }, siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, awsAuth: ['one'] },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a move to aws-auth while the access entry may not be looked at',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...OPS, forced: 'CONFIG_MAP' } },
        course: { faults: { 0: { at: 2, kind: 'denied' } } },
        then: {
          stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' },
          api: ['one'],
          awsAuth: [],
          logins: { one: AS_TEAM },
        },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'the way back onto a mapping in aws-auth over which a person has made an access entry',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'foreign', act: { act: 'mode' } },
      { do: 'foreign', act: entryByHand('one') },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        then: {
          stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' },
          awsAuth: ['one'],
          logins: { one: AS_PERSON },
        },
      },
      { do: 'delete', stack: 'alpha', then: { awsAuth: [], logins: { one: AS_PERSON } } },
    ],
  },
  {
    name: 'a replacement that is cancelled and cannot be taken back in time',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TWO },
        course: { cancel: { event: 0, at: 3 }, faults: { 0: { at: 4, kind: 'stall' } } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['one'], logins: { two: NOBODY } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a replacement',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TWO },
        then: { api: ['two'], logins: { one: NOBODY, two: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a replacement that fails after the put',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TWO },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['one'], logins: { one: AS_TEAM } },
      },
    ],
  },
  {
    name: 'a replacement that is cancelled',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TWO },
        course: { cancel: { event: 0, at: 2 } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['one'], logins: { one: AS_TEAM } },
      },
    ],
  },
  {
    name: 'a replacement of a node that fails after the put',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODE_TWO },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['node'] },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a replacement of a node that is cancelled',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODE_TWO },
        course: { cancel: { event: 0, at: 2 } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['node'] },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a stack that was refactored',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'refactor', from: ['alpha', 'A'], to: ['beta', 'B'] },
      {
        do: 'deploy',
        stack: 'beta',
        template: { B: OPS },
        then: { stacks: { beta: 'UPDATE_COMPLETE' }, logins: { one: AS_OPS } },
      },
      { do: 'delete', stack: 'beta', then: { asFound: true } },
    ],
  },
  {
    name: 'a retained resource and a new stack of the same name',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM, B: TWO } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: TWO },
        retain: ['A'],
        then: { logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['one'] } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['one'], logins: { one: AS_TEAM } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...OPS, existing: 'REPLACE' } },
        then: { logins: { one: AS_OPS } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
];
