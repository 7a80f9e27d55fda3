/** Walks through what arrives late, twice or half: repeats of Lambda, writes that happen after they were given up. */
import { type Walk } from './walk';
import { AS_NODE, AS_OPS, AS_PERSON, AS_TEAM, byHand, entryByHand, NODES, OPS, start, TEAM } from './words';

export const LATENESS: readonly Walk[] = [
  {
    name: 'a Create that is repeated at 50 s while the stack is still being created',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM, B: { ...TEAM, principal: 'two' } },
        course: { repeat: { before: 1, back: 0, seconds: 50 } },
        then: {
          stacks: { alpha: 'CREATE_COMPLETE' },
          api: ['one', 'two'],
          logins: { one: AS_TEAM, two: AS_TEAM },
        },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'the clean-up Delete of a rename, repeated at 60 s',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: TEAM },
        course: { faults: { 1: { at: 1, kind: 'unanswered' } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_TEAM } },
      },
    ],
  },
  {
    name: 'the Delete of a Create that failed half-way',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, groups: ['system:masters'] } },
        course: { faults: { 0: { at: 3, kind: 'stall' } } },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true },
      },
    ],
  },
  {
    name: 'a late duplicate of a Create after an Update',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'deploy', stack: 'alpha', template: { A: OPS } },
      { do: 'wait', seconds: 60 },
      { do: 'repeat', back: 1, then: { logins: { one: AS_OPS } } },
    ],
  },
  {
    name: 'a late duplicate of an Update after a later one',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'deploy', stack: 'alpha', template: { A: OPS } },
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, groups: ['last'] } } },
      { do: 'wait', seconds: 60 },
      { do: 'repeat', back: 1 },
    ],
  },
  {
    name: 'a late duplicate of a Delete after the resource was made again',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM, B: { ...TEAM, principal: 'two' } } },
      { do: 'deploy', stack: 'alpha', template: { B: { ...TEAM, principal: 'two' } } },
      { do: 'deploy', stack: 'alpha', template: { A: TEAM, B: { ...TEAM, principal: 'two' } } },
      { do: 'wait', seconds: 60 },
      { do: 'repeat', back: 1, then: { api: ['one', 'two'], logins: { one: AS_TEAM } } },
    ],
  },
  {
    name: 'a write to aws-auth that happens after the Delete has found nothing',
    start: start('CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM },
        course: { faults: { 0: { at: 2, kind: 'late' } } },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true },
      },
      { do: 'wait', seconds: 60, then: { asFound: true } },
    ],
  },
  {
    name: 'a write to aws-auth that happens after the way back from the Update that asked for it',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...OPS, forced: 'CONFIG_MAP' } },
        course: { faults: { 0: { at: 5, kind: 'late' } } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' } },
      },
      { do: 'wait', seconds: 60, then: { api: ['one'], awsAuth: [], logins: { one: AS_TEAM } } },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a write to aws-auth that takes an entry over after the Delete has left it',
    start: start('CONFIG_MAP', byHand('one')),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, existing: 'ADOPT' } },
        course: { faults: { 0: { at: 2, kind: 'late' } } },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true },
      },
      { do: 'wait', seconds: 60, then: { asFound: true } },
    ],
  },
  {
    name: 'a young duplicate of an Update after the stack is gone, where ADOPT would take an entry over',
    start: start('CONFIG_MAP', byHand('one')),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, existing: 'ADOPT' } } },
      { do: 'deploy', stack: 'alpha', template: { A: { ...OPS, existing: 'ADOPT' } } },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
      { do: 'repeat', back: 1, then: { asFound: true, logins: { one: AS_PERSON } } },
    ],
  },
  {
    name: 'a young duplicate of an Update after the stack is gone, where another stack’s nodes join the cluster by now',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, principal: 'node', existing: 'REPLACE' } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
      { do: 'deploy', stack: 'gamma', template: { A: NODES } },
      { do: 'repeat', back: 2, then: { logins: { node: AS_NODE } } },
    ],
  },
  {
    name: 'a Delete of a node’s mapping in aws-auth whose answer was lost, where EKS has made an access entry',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES } },
      { do: 'foreign', act: { act: 'mode' } },
      {
        do: 'delete',
        stack: 'alpha',
        course: { faults: { 0: { at: 1, kind: 'unanswered' } } },
        then: { stacks: { alpha: 'DELETE_COMPLETE' }, logins: { node: AS_NODE }, awsAuth: [] },
      },
    ],
  },
  {
    name: 'a young duplicate of a clean-up Delete after a person has made the same entry',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, principal: 'two' } } },
      { do: 'foreign', act: entryByHand('one', { user: 'team', groups: ['dev'] }) },
      { do: 'repeat', back: 0, then: { api: ['one', 'two'], logins: { one: AS_TEAM } } },
    ],
  },
  {
    name: 'the mode moves to API, where EKS has made the node’s entry: the stack’s Delete leaves that one',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...NODES, forced: 'CONFIG_MAP' } } },
      {
        do: 'foreign',
        act: { act: 'entry', principal: 'node', wish: { user: '', groups: [], node: true } },
      },
      { do: 'foreign', act: { act: 'mode' } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODES },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { logins: { node: AS_NODE }, awsAuth: [] } },
    ],
  },
  {
    name: 'EKS makes the node’s entry between the request and its delivery',
    start: start('API'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODES },
        course: {
          meanwhile: {
            event: 0,
            act: { act: 'entry', principal: 'node', wish: { user: '', groups: [], node: true } },
          },
        },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, api: ['node'] },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['node'] } },
    ],
  },
];
