/** Walks over what another tool or another stack has: ExistingEntry, both places, nodes and the provider itself. */
import { type Mapping } from '../model/mapping';
import { type Walk } from './walk';
import {
  AS_NODE,
  AS_OPS,
  AS_PROVIDER,
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

const ADOPT = { existing: 'ADOPT' } as const;
const REPLACE = { existing: 'REPLACE' } as const;
const first: Mapping = TEAM;
const second: Mapping = { ...OPS, ...ADOPT };

export const TAKING_OVER: readonly Walk[] = [
  {
    name: 'REPLACE of an adopted entry that stops between two calls',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'deploy', stack: 'beta', template: { A: { ...OPS, existing: 'ADOPT' } } },
      {
        do: 'deploy',
        stack: 'gamma',
        template: { A: { ...TEAM, user: 'third', existing: 'REPLACE' } },
        course: { faults: { 0: { at: 3, kind: 'stall' } } },
        then: { stacks: { gamma: 'ROLLBACK_COMPLETE' }, api: [], logins: { one: NOBODY } },
      },
    ],
  },
  {
    name: 'a new mapping over what a failed clean-up of its name has left',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM, B: { ...TEAM, principal: 'two' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: { ...TEAM, principal: 'two' } },
        course: { faults: { 0: { at: 1, kind: 'stall' } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...OPS, forced: 'CONFIG_MAP' }, B: { ...TEAM, principal: 'two' } },
        then: { logins: { one: AS_OPS }, api: ['two'], awsAuth: ['one'] },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a rename to nodes whose answer was lost',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { B: { ...NODES, principal: 'one' } },
        course: { faults: { 0: { at: 1, kind: 'unanswered' } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_NODE } },
      },
    ],
  },
  ...(['CONFIG_MAP', 'API'] as const).flatMap((mode): readonly Walk[] => [
    {
      name: `two stacks hand a principal over, the first is deleted first (${mode})`,
      start: start(mode),
      steps: [
        { do: 'deploy', stack: 'alpha', template: { A: first } },
        { do: 'deploy', stack: 'beta', template: { A: second }, then: { logins: { one: AS_OPS } } },
        { do: 'delete', stack: 'alpha', then: { logins: { one: AS_OPS } } },
        { do: 'delete', stack: 'beta', then: { asFound: true } },
      ],
    },
    {
      name: `two stacks hand a principal over, the second is deleted first (${mode})`,
      start: start(mode),
      steps: [
        { do: 'deploy', stack: 'alpha', template: { A: first } },
        { do: 'deploy', stack: 'beta', template: { A: second }, then: { logins: { one: AS_OPS } } },
        { do: 'delete', stack: 'beta', then: { logins: { one: AS_TEAM } } },
        { do: 'delete', stack: 'alpha', then: { asFound: true } },
      ],
    },
  ]),
  {
    name: 'a node role with an equal entry of aws-auth, deleted and made again',
    start: start('API_AND_CONFIG_MAP', NODES_BY_HAND),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODES },
        then: { api: ['node'], logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true, logins: { node: AS_NODE } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODES },
        then: { api: ['node'], logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a node role with an equal entry of aws-auth, and an Update that changes nothing of it',
    start: start('API_AND_CONFIG_MAP', NODES_BY_HAND),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...NODES, longer: 300 } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, api: ['node'], awsAuth: [], logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true, logins: { node: AS_NODE } } },
    ],
  },
  {
    name: 'an access entry over another tool’s entry of aws-auth that gives the same',
    start: start('API_AND_CONFIG_MAP', byHand('one', { user: 'team', groups: ['dev'] })),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM },
        then: { api: ['one'], logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a mapping in aws-auth that would be dead under another tool’s access entry',
    start: start('API_AND_CONFIG_MAP', entryByHand('one')),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, forced: 'CONFIG_MAP' } },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true },
      },
    ],
  },
  {
    name: 'the way back from a refused Update that named a person’s principal',
    start: start('API_AND_CONFIG_MAP', entryByHand('two', { user: 'team', groups: ['dev'] })),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, forced: 'CONFIG_MAP' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, principal: 'two' } },
        then: {
          stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' },
          api: [],
          logins: { two: AS_TEAM, one: AS_TEAM },
        },
      },
    ],
  },
  {
    name: 'the way back from a refused move of nodes to aws-auth, whose access entry another name has taken and deleted',
    start: start('API_AND_CONFIG_MAP', NODES_BY_HAND),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...NODES, forced: 'API' }, B: { ...NODES, existing: 'REPLACE' } },
      },
      { do: 'deploy', stack: 'alpha', template: { A: { ...NODES, forced: 'API' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...NODES, forced: 'CONFIG_MAP' } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, api: ['node'], logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'the way back from a cluster that the provider may not look at',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, cluster: 'denied' } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
    ],
  },
  {
    name: 'the provider’s own access entry is nobody’s to take',
    start: start('API', entryByHand('provider', { user: 'provider', groups: ['cfn-eks-access'] })),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, type: 'entry', principal: 'provider', ...REPLACE } },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true, logins: { provider: AS_PROVIDER } },
      },
    ],
  },
  {
    name: 'a move back to aws-auth, where a person has written the same meanwhile',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM }, then: { api: ['one'] } },
      { do: 'foreign', act: byHand('one', { user: 'team', groups: ['dev'] }) },
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, forced: 'CONFIG_MAP' } } },
      { do: 'delete', stack: 'alpha', then: { awsAuth: ['one'], logins: { one: AS_TEAM } } },
    ],
  },
  {
    name: 'the Delete of nodes that another stack has replaced in aws-auth leaves the access entry that EKS has made for them',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES } },
      { do: 'deploy', stack: 'beta', template: { A: { ...NODES, ...REPLACE } } },
      { do: 'foreign', act: { act: 'mode' } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin', 'node'], awsAuth: ['node'] } },
    ],
  },
  {
    name: 'a resource of another provider becomes ours',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'inherit', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_OPS } },
      },
    ],
  },
  {
    name: 'a provider without rights in Kubernetes',
    start: { ...start('API_AND_CONFIG_MAP'), isDenied: true },
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM },
        then: { stacks: { alpha: 'CREATE_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: OPS },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_OPS } },
      },
      { do: 'delete', stack: 'alpha', then: { stacks: { alpha: 'DELETE_COMPLETE' }, asFound: true } },
    ],
  },
];
