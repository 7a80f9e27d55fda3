/** Walks over rollbacks onto a mapping that lived in aws-auth. */
import { type Start } from '../step';
import { type Walk } from './walk';
import { AS_TEAM, byHand, entryByHand, NOBODY, NODES, NODES_BY_HAND, OPS, start, TEAM } from './words';

const MODE = { do: 'foreign', act: { act: 'mode' } } as const;

/** Of an Update that writes nothing before the namespace is there. */
const BACK_UNCHANGED = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'].map((mode): Walk => ({
  name: `a young duplicate of an Update after the way back from it, which has found all as it was (${mode})`,
  start: { ...start(mode as Start['mode']), rights: 'installed' },
  steps: [
    { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
    {
      do: 'deploy',
      stack: 'alpha',
      template: { A: { ...OPS, rights: [{ name: 'edit', namespaces: ['n1'] }], engine: 'RBAC' } },
      then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
    },
    { do: 'foreign', act: { act: 'namespace', name: 'n1', to: 'active' } },
    { do: 'repeat', back: 1, then: { logins: { one: AS_TEAM }, rights: { one: [] } } },
    { do: 'delete', stack: 'alpha', then: { logins: { one: NOBODY } } },
  ],
}));

/** It would not override what gives the same as the mapping of that Update if it were not the way back. */
const OVER_THE_SAME = [
  { what: 'a person', template: { A: OPS }, act: byHand('one', { user: OPS.user, groups: [...OPS.groups] }) },
  { what: 'nodes', template: { A: NODES }, act: NODES_BY_HAND },
] as const;

const BACK_OVER_THE_SAME = OVER_THE_SAME.map(({ what, template, act }): Walk => {
  const { principal } = template.A;
  return {
    name: `the way back from an Update, where aws-auth gives ${what} what that Update gave`,
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, principal } } },
      { do: 'foreign', act },
      {
        do: 'deploy',
        stack: 'alpha',
        template,
        course: { siblingFails: true },
        then: {
          stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' },
          api: [principal],
          awsAuth: [principal],
          logins: { [principal]: AS_TEAM },
        },
      },
      { do: 'delete', stack: 'alpha', then: { api: [], awsAuth: [principal] } },
    ],
  };
});

export const WAYS_BACK: readonly Walk[] = [
  ...BACK_UNCHANGED,
  ...BACK_OVER_THE_SAME,
  {
    name: 'a late copy of a clean-up, after a way back that failed, beside an equal access entry that a person has made since',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, principal: 'two' } } },
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      MODE,
      {
        do: 'foreign',
        act: entryByHand('two', { user: TEAM.user, groups: [...TEAM.groups] }),
      },
      { do: 'foreign', act: entryByHand('one') },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, principal: 'node', forced: 'CONFIG_MAP' } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_FAILED' } },
      },
      { do: 'repeat', back: 2, then: { api: ['admin', 'one', 'two'] } },
    ],
  },
  {
    name: 'the way back from a replacement that never answered, to what can be no more: the replacement goes all the same',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, forced: 'CONFIG_MAP' } } },
      MODE,
      MODE,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, principal: 'two' } },
        course: { faults: { 0: { at: 2, kind: 'killed', next: { at: 1, kind: 'killed' } } } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_FAILED' }, api: ['admin'], awsAuth: ['one'] },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['admin'], awsAuth: [] } },
    ],
  },
  {
    name: 'the way back from a replacement, where aws-auth, which is no longer read, still has the mapping',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      MODE,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, principal: 'two' } },
        course: { siblingFails: true },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'delete', stack: 'alpha', then: { awsAuth: [] } },
    ],
  },
  {
    name: 'the way back from an Update, where a person has made an access entry that gives the same as before',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TEAM } },
      MODE,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: { ...TEAM, groups: ['ops'], forced: 'CONFIG_MAP' } },
        course: {
          siblingFails: true,
          meanwhile: { event: 1, act: entryByHand('one', { user: TEAM.user, groups: [...TEAM.groups] }) },
        },
        then: {
          stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' },
          api: ['admin', 'one'],
          awsAuth: ['one'],
          logins: { one: AS_TEAM },
        },
      },
      {
        do: 'delete',
        stack: 'alpha',
        then: { api: ['admin', 'one'], awsAuth: [], logins: { one: AS_TEAM } },
      },
    ],
  },
  {
    name: 'a Delete that may read aws-auth and not write it, of a mapping that is in both places',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, forced: 'CONFIG_MAP' } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM },
        // It may not clean up aws-auth either.
        course: { faults: { 0: { at: 5, kind: 'denied' } } },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, api: ['one'], awsAuth: ['one'] },
      },
      {
        do: 'delete',
        stack: 'alpha',
        course: { faults: { 0: { at: 4, kind: 'denied' } } },
        then: { stacks: { alpha: 'DELETE_FAILED' } },
      },
      { do: 'delete', stack: 'alpha', then: { stacks: { alpha: 'DELETE_COMPLETE' }, asFound: true } },
    ],
  },
  {
    name: 'a write to aws-auth that happens after the way back, and would take the end away from the record',
    start: start('CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, expires: 10 } } },
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: TEAM },
        course: { faults: { 0: { at: 2, kind: 'late' } } },
        then: { stacks: { alpha: 'UPDATE_ROLLBACK_COMPLETE' }, logins: { one: AS_TEAM } },
      },
      { do: 'wait', seconds: 600 },
      { do: 'run', then: { asFound: true, logins: { one: NOBODY } } },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
];
