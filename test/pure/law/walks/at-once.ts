/** Walks over events that are served at the same time. */
import { type Walk } from './walk';
import {
  AS_CHIEF,
  AS_NODE,
  AS_PERSON,
  AS_TEAM,
  byHand,
  CHIEF,
  entryByHand,
  NODES,
  start,
  TEAM,
} from './words';

const OTHER = { ...TEAM, principal: 'two' } as const;

/** What EKS has made at the change of mode, or a person meanwhile, gives the same as the mapping in aws-auth. */
const DELETED_TWICE = [
  { what: 'of nodes', mapping: NODES, acts: [] },
  {
    what: 'of a person',
    mapping: TEAM,
    acts: [entryByHand('one', { user: TEAM.user, groups: [...TEAM.groups] })],
  },
].map(({ what, mapping, acts }): Walk => ({
  name: `a copy of the Delete of a mapping in aws-auth is served at the same time, beside an equal access entry ${what}`,
  start: start('CONFIG_MAP'),
  steps: [
    { do: 'deploy', stack: 'alpha', template: { A: mapping } },
    { do: 'foreign', act: { act: 'mode' } },
    ...acts.map((act) => ({ do: 'foreign', act }) as const),
    {
      do: 'at once',
      of: [{ do: 'delete', stack: 'alpha' }],
      twice: true,
      order: 1,
      then: { api: ['admin', mapping.principal], awsAuth: [] },
    },
  ],
}));

export const AT_ONCE: readonly Walk[] = [
  ...DELETED_TWICE,
  {
    name: 'a copy of an Update of the type is served at the same time',
    start: start('API'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: NODES },
        then: { logins: { node: AS_NODE } },
      },
      {
        do: 'at once',
        of: [{ do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, principal: 'node' } } }],
        twice: true,
        // One makes the entry, the other one deletes it, and its create is answered as the first one's was.
        order: 4,
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { node: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a copy of an Update of the type is served at the same time, beside a line of another tool in aws-auth',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, principal: 'node' } } },
      { do: 'foreign', act: byHand('node') },
      {
        do: 'at once',
        of: [{ do: 'deploy', stack: 'alpha', template: { A: NODES } }],
        twice: true,
        // One deletes what the other one has made, its create is answered as that one's was, and nothing is there.
        order: 3,
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { logins: { node: AS_PERSON }, api: [] } },
    ],
  },
  {
    name: 'a copy of an Update of the type deletes what the other one has made, and not finished, beside a line of another tool in aws-auth',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: NODES } },
      { do: 'foreign', act: byHand('node') },
      {
        do: 'at once',
        of: [{ do: 'deploy', stack: 'alpha', template: { A: { ...CHIEF, principal: 'node' } } }],
        twice: true,
        // One finds that what it has made is gone, and the other one is about to make it.
        order: 51,
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { node: AS_CHIEF } },
      },
      { do: 'delete', stack: 'alpha', then: { logins: { node: AS_PERSON }, api: [] } },
    ],
  },
  {
    name: 'a copy of an Update to a node type is served until the other one has been answered',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'at once',
        of: [{ do: 'deploy', stack: 'alpha', template: { A: { ...NODES, principal: 'one' } } }],
        twice: true,
        // One deletes the entry that the other one has made, and makes it again.
        order: 4,
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a copy of an Update that moves a mapping from aws-auth to a node’s access entry is served at the same time',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, principal: 'node', forced: 'CONFIG_MAP' } },
      },
      {
        do: 'at once',
        of: [{ do: 'deploy', stack: 'alpha', template: { A: NODES } }],
        twice: true,
        // EKS gives both the same entry, while the record is in aws-auth still.
        order: 9,
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, awsAuth: [], logins: { node: AS_NODE } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'a copy of the Create of a new name is served until the other one has been answered',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, forced: 'CONFIG_MAP' } } },
      {
        do: 'at once',
        of: [{ do: 'deploy', stack: 'alpha', template: { B: { ...CHIEF, existing: 'ADOPT' } } }],
        twice: true,
        // One finds the entry of the other, and asks again what the old name in aws-auth is to it.
        order: 15,
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_CHIEF } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'two copies of a Create, one of which finds what the other one has made, and then neither gets on',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'foreign', act: { act: 'entry', principal: 'one', wish: { user: 'u', groups: ['g'] } } },
      {
        do: 'at once',
        of: [
          {
            do: 'deploy',
            stack: 'alpha',
            template: { A: { ...TEAM, forced: 'CONFIG_MAP', existing: 'REPLACE' } },
            course: { faults: { 0: { at: 5, kind: 'stall' } } },
          },
        ],
        twice: true,
        order: 183,
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, awsAuth: [], api: ['one'] },
      },
    ],
  },
  {
    name: 'a copy of a clean-up Delete comes after a person has mapped the principal as before, while the stack makes another resource',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      { do: 'deploy', stack: 'alpha', template: { A: OTHER } },
      { do: 'foreign', act: byHand('one', { user: TEAM.user, groups: [...TEAM.groups] }) },
      {
        do: 'at once',
        of: [
          { do: 'deploy', stack: 'alpha', template: { A: OTHER, B: { ...TEAM, principal: 'admin' } } },
          { do: 'repeat', back: 0 },
        ],
        order: 2,
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { logins: { one: AS_TEAM } } },
    ],
  },
  ...(['API', 'API_AND_CONFIG_MAP'] as const).map((mode): Walk => ({
    name: `a copy of a replacement is served until the other one has been answered (${mode})`,
    start: start(mode),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      {
        do: 'at once',
        of: [{ do: 'deploy', stack: 'alpha', template: { A: OTHER } }],
        twice: true,
        order: 0,
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, api: ['two'], logins: { two: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  })),
];
