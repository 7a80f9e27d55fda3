/** Walks over an access entry that goes back to another owner: the tags of templates go, those of others stay. */
import { type Mapping } from '../model/mapping';
import { type Walk } from './walk';
import { AS_PERSON, AS_TEAM, entryByHand, OPS, start, TEAM } from './words';

const TAGGED: Mapping = { ...TEAM, type: 'entry', existing: 'ADOPT', tags: { team: 't1' } };
const UNTAGGED: Mapping = { ...TEAM, type: 'entry', existing: 'ADOPT' };
const BY_HAND = entryByHand('one', { tags: { stage: 's' } });
const LATER = { do: 'wait', seconds: 600 } as const;
const RETAGGED = { do: 'foreign', act: { act: 'tag', principal: 'one', value: 'c1' } } as const;

export const GIVING_BACK: readonly Walk[] = [
  {
    name: 'an adopted access entry ends, and the tags of its template go with it',
    start: start('API', BY_HAND),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TAGGED, expires: 10 } } },
      LATER,
      { do: 'run', then: { asFound: true, logins: { one: AS_PERSON } } },
    ],
  },
  {
    name: 'a rename that drops the tags of an adopted access entry',
    start: start('API', BY_HAND),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TAGGED } },
      { do: 'deploy', stack: 'alpha', template: { B: UNTAGGED }, then: { logins: { one: AS_TEAM } } },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'the Delete that hands an access entry back to its stack is cut off before its last call, and tried again',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TEAM, type: 'entry', tags: { stage: 's' } } } },
      { do: 'deploy', stack: 'beta', template: { A: { ...TAGGED, groups: ['ops'] } } },
      { do: 'delete', stack: 'beta', course: { faults: { 0: { at: 4, kind: 'denied' } } } },
      {
        do: 'delete',
        stack: 'beta',
        then: {
          stacks: { beta: 'DELETE_COMPLETE' },
          logins: { one: AS_TEAM },
          tags: { one: { stage: 's' } },
        },
      },
    ],
  },
  {
    name: 'another tool changes its own tag while the access entry is adopted: it stays as that tool left it',
    start: start('API', BY_HAND),
    steps: [
      { do: 'foreign', act: { act: 'tag', principal: 'one', value: 'c0' } },
      { do: 'deploy', stack: 'alpha', template: { A: TAGGED } },
      RETAGGED,
      { do: 'delete', stack: 'alpha', then: { logins: { one: AS_PERSON } } },
    ],
  },
  {
    name: 'an Update of a mapping that has ended takes off the tags that it had',
    start: start('API'),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: { ...TAGGED, expires: 10 } } },
      LATER,
      {
        do: 'deploy',
        stack: 'alpha',
        template: { A: UNTAGGED },
        then: { stacks: { alpha: 'UPDATE_COMPLETE' }, logins: { one: AS_TEAM } },
      },
    ],
  },
  {
    name: 'a template drops a tag that it had put over one that was found: that one is back at once',
    start: start('API', entryByHand('one', { tags: { team: 't0' } })),
    steps: [
      { do: 'deploy', stack: 'alpha', template: { A: TAGGED } },
      { do: 'deploy', stack: 'alpha', template: { A: UNTAGGED } },
      { do: 'delete', stack: 'alpha', then: { asFound: true } },
    ],
  },
  {
    name: 'an access entry goes back to an owner that has moved to aws-auth while another one had it',
    start: start('API_AND_CONFIG_MAP'),
    steps: [
      { do: 'deploy', stack: 'beta', template: { A: TEAM } },
      { do: 'deploy', stack: 'alpha', template: { A: { ...OPS, existing: 'ADOPT' } } },
      {
        do: 'deploy',
        stack: 'beta',
        template: { A: { ...TEAM, forced: 'CONFIG_MAP', existing: 'REPLACE' } },
        // It is killed before REPLACE has taken the access entry away.
        course: { faults: { 0: { at: 3, kind: 'killed', next: { at: 2, kind: 'killed' } } } },
      },
      { do: 'delete', stack: 'alpha', then: { api: ['one'] } },
      { do: 'delete', stack: 'beta', then: { asFound: true } },
    ],
  },
];
