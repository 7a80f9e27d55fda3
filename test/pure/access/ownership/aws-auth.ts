/** The ownership table in aws-auth: bytes between those of neighbours. */
import { entryText } from '../aws-auth/editing/edited-text';
import { planPut, planRemove } from '../aws-auth/plan-alone';
import { type EntryRecord } from '../../../../access/aws-auth/owners-annotation';
import {
  AFTER,
  after,
  ARN,
  BEFORE,
  DIFFERENT,
  EQUAL,
  foreignAnnotations,
  given,
  MAPPING,
  put,
  recordAt,
  removing,
} from '../aws-auth/aws-auth-given';
import { type BackEndUnderTest, type Cell, type EntryName } from './cell';

const WRITTEN = `- rolearn: "${ARN}"\n  groups: ["team-a"]\n  username: "joe"\n`;
const SET = `- rolearn: ${ARN} # theirs\n  username: "joe"\n  groups:\n  - "team-a"\n`;
const WRITTEN_OVER_NODE = `- rolearn: ${ARN}\n  username: "joe"\n  groups: ["team-a"]\n`;
const EARLIER = `- rolearn: ${ARN} # from earlier\n  username: 'earlier'\n`;
const NODE = `- rolearn: ${ARN}\n  username: x\n  groups: ["system:nodes"]\n`;
const NODE_NAME = `- rolearn: ${ARN}\n  username: system:node:x\n  groups: []\n`;
const PROVIDER = `- rolearn: ${ARN}\n  username: x\n  groups: [cfn-eks-access]\n`;
const texts: Readonly<Record<EntryName, string>> = {
  none: '',
  equal: EQUAL,
  different: DIFFERENT,
  node: NODE,
  nodeName: NODE_NAME,
  provider: PROVIDER,
};

const kept = (text: string): string => (text === '' ? '' : entryText('mapRoles', BEFORE + text, 1));

export const awsAuth: BackEndUnderTest = {
  earlier: kept(EARLIER),
  foreign: { apple: '1', zebra: '2' },

  run({ entry, event, existingEntry }, record) {
    const current = given(BEFORE + texts[entry] + AFTER, record as EntryRecord | undefined);
    const plan =
      event === 'Delete'
        ? planRemove(current, removing())
        : planPut(current, put({ isNew: event === 'Create', existingEntry, previous: MAPPING }));
    const state = after(current, plan);
    return {
      state: state.data['mapRoles'],
      record: recordAt(state),
      foreign: foreignAnnotations(state),
      wrote: plan.write !== undefined,
      removed: plan.removed,
      adopted: plan.adopted,
    };
  },

  valueOf: (entry) => kept(texts[entry]),
  stateAfter: ({ entry, outcome }) => textAfter(outcome, texts[entry]),
};

function textAfter(outcome: Cell['outcome'], text: string): string {
  switch (outcome) {
    case 'nothing':
    case 'forget':
    case 'drop':
      return BEFORE + text + AFTER;
    case 'insert':
      return BEFORE + AFTER + WRITTEN;
    case 'remove':
      return BEFORE + AFTER;
    case 'back':
      return BEFORE + EARLIER + AFTER;
    default:
      return BEFORE + (text === DIFFERENT ? SET : text === NODE ? WRITTEN_OVER_NODE : text) + AFTER;
  }
}
