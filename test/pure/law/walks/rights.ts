/** Walks with named rights: how they are given, moved and taken away. */
import { type Mapping } from '../model/mapping';
import { type Start } from '../step';
import { type Walk } from './walk';
import { NODES, start, TEAM } from './words';

const MODE = { do: 'foreign', act: { act: 'mode' } } as const;
const RUN = { do: 'run' } as const;
const N1 = { do: 'foreign', act: { act: 'namespace', name: 'n1', to: 'active' } } as const;
const N0_GONE = { do: 'foreign', act: { act: 'namespace', name: 'n0', to: 'gone' } } as const;
const N0_AGAIN = { do: 'foreign', act: { act: 'namespace', name: 'n0', to: 'active' } } as const;

const READS = { name: 'view', namespaces: [] } as const;
const WRITES = { name: 'edit', namespaces: ['n0'] } as const;
const MORE = { name: 'edit-plus-custom-resources', namespaces: ['n0', 'n1'] } as const;
const ADOPT = { existing: 'ADOPT' } as const;
const READER: Mapping = { ...TEAM, rights: [READS, WRITES] };

function installed(mode: Start['mode']): Start {
  return { ...start(mode), rights: 'installed' };
}

export const RIGHTS: readonly Walk[] = [
  {
    name: 'a run moves rights by groups into access policies, and nobody is a moment without them',
    start: installed('CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: READER },
        then: { rights: { one: ['edit@n0', 'view@*'] } },
      },
      MODE,
      { ...RUN, then: { api: ['admin', 'one'], awsAuth: [], rights: { one: ['edit@n0', 'view@*'] } } },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], rights: { one: [] } } },
    ],
  },
  {
    name: 'an Update moves rights by groups into access policies, and nobody is a moment without those that stay',
    start: installed('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: READER } },
      MODE,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, rights: [READS] } },
        then: { api: ['admin', 'one'], awsAuth: [], rights: { one: ['view@*'] } },
      },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, rights: [READS], engine: 'RBAC' } },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, rights: { one: ['view@*'] } },
      },
      { do: 'delete', stack: 'alpha', then: { rights: { one: [] } } },
    ],
  },
  {
    name: 'one of two namespaces is missing: nothing is bound and nobody is mapped until it is there',
    start: installed('CONFIG_MAP'),
    steps: [
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, rights: [MORE] } },
        then: { stacks: { alpha: 'ROLLBACK_COMPLETE' }, asFound: true, bindings: [] },
      },
      N1,
      { do: 'delete', stack: 'alpha' },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, rights: [MORE] } },
        then: {
          rights: { one: ['edit-plus-custom-resources@n0', 'edit-plus-custom-resources@n1'] },
          bindings: ['edit-plus-custom-resources@n0', 'edit-plus-custom-resources@n1'],
        },
      },
    ],
  },
  {
    name: 'a namespace is made again: the next event of the mapping binds its rights there',
    start: installed('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: READER } },
      N0_GONE,
      { ...N0_AGAIN, then: { awsAuth: ['one'], rights: { one: ['view@*'] } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...READER, longer: 1 } },
        then: { rights: { one: ['edit@n0', 'view@*'] } },
      },
      { do: 'delete', stack: 'alpha', then: { rights: { one: [] }, bindings: ['edit@n0'] } },
    ],
  },
  {
    name: 'the way back while a namespace of the mapping is being deleted: the wait for it leaves time for the mapping',
    start: installed('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'gamma', template: { B: NODES } },
      { do: 'deploy', stack: 'beta', template: { A: { ...READER, ...ADOPT, principal: 'two' } } },
      { do: 'foreign', act: { act: 'namespace', name: 'n0', to: 'terminating' } },
      {
        do: 'at once',
        of: [
          {
            do: 'deploy',
            stack: 'beta',
            template: {
              A: {
                ...READER,
                principal: 'two',
                groups: ['ops'],
                rights: [READS, { ...WRITES, namespaces: ['n0', 'n1'] }],
              },
            },
          },
          { do: 'delete', stack: 'gamma' },
        ],
        order: 656,
        then: { stacks: { beta: 'UPDATE_ROLLBACK_COMPLETE' }, rights: { two: ['view@*'] } },
      },
    ],
  },
];
