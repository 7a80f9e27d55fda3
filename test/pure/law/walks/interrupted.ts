/** Walks over events that stop half-way, and what they leave. */
import { type Walk } from './walk';
import { AS_NODE, AS_OPS, AS_TEAM, NOBODY, NODES, OPS, start, TEAM } from './words';
import { type Mapping } from '../model/mapping';

const ADOPTING: Mapping = { ...TEAM, groups: ['ops'], existing: 'ADOPT' };

export const INTERRUPTED: readonly Walk[] = [
  {
    name: 'a Create of nodes is killed, and its next try refused because another resource of the stack has come: nothing stays',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      {
        do: 'at once',
        of: [
          {
            do: 'deploy',
            stack: 'beta',
            template: { B: NODES, C: { ...NODES, forced: 'CONFIG_MAP' } },
            course: { faults: { 0: { at: 3, kind: 'killed' } } },
          },
        ],
        // The other one makes its entry in aws-auth before the next try.
        order: 726,
        then: { stacks: { beta: 'ROLLBACK_COMPLETE' }, api: [], awsAuth: [] },
      },
    ],
  },
  ...(['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const).map((mode): Walk => ({
    name: `the write of an Update that gave up comes after the way back (${mode})`,
    start: start(mode),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, forced: 'CONFIG_MAP' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        // To another place where there is one.
        template: { A: { ...OPS, ...(mode === 'CONFIG_MAP' && { forced: mode }) } },
        course: { faults: { 0: { at: mode === 'CONFIG_MAP' ? 2 : 5, kind: 'late' } } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' } },
      },
      { do: 'wait', seconds: 300, then: { logins: { one: AS_TEAM }, awsAuth: ['one'] } },
    ],
  })),
  ...(['CONFIG_MAP', 'API'] as const).map((mode): Walk => ({
    name: `a Create whose answer is lost, and whose next try gets nowhere (${mode})`,
    start: start(mode),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM },
        course: { faults: { 0: { at: 1, kind: 'unanswered', next: { at: 1, kind: 'stall' } } } },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true },
      },
    ],
  })),
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
  {
    name: 'REPLACE of a node’s access entry as it is, where aws-auth may not be changed',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'gamma', template: { A: { ...NODES, forced: 'CONFIG_MAP' } } },
      { do: 'foreign', act: { act: 'entry', principal: 'node', wish: { user: '', groups: [], node: true } } },
      {
        do: 'deploy',
        stack: 'beta',
        template: { A: { ...NODES, existing: 'REPLACE' } },
        course: { faults: { 0: { at: 3, kind: 'denied' } } },
        then: { stacks: { beta: 'ROLLBACK_COMPLETE' }, api: ['node'], awsAuth: ['node'] },
      },
    ],
  },
  {
    name: 'a move to aws-auth that stops half-way, on whose way back EKS allows nothing',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM }, then: { api: ['one'] } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, forced: 'CONFIG_MAP' } },
        course: { faults: { 0: { at: 6, kind: 'stall' }, 1: { at: 1, kind: 'denied' } } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['one'], awsAuth: ['one'] },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true, logins: { one: NOBODY } } },
    ],
  },
  {
    name: 'a rename of nodes from aws-auth to an access entry whose answer was lost',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...NODES, forced: 'CONFIG_MAP' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: NODES },
        course: { faults: { 0: { at: 3, kind: 'unanswered' } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, api: ['node'], logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'an Update from aws-auth to a node’s access entry that is killed before it has left aws-auth',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, principal: 'node', forced: 'CONFIG_MAP' } },
      },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODES },
        course: { faults: { 0: { at: 3, kind: 'killed' } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, awsAuth: [], logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a Create of a node’s mapping that is killed at every try',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODES },
        course: { faults: { 0: { at: 3, kind: 'killed', next: { at: 2, kind: 'killed' } } } },
        // The log of its Delete says that it is left.
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, api: ['node'] },
      },
    ],
  },
];
