/** All walks. */
import { AT_ONCE } from './at-once';
import { EXISTING_ENTRY } from './existing-entry';
import { EXPIRING } from './expiring';
import { FOLLOWING } from './following';
import { GIVING_BACK } from './giving-back';
import { HALF_MOVED } from './half-moved';
import { INTERRUPTED } from './interrupted';
import { LATENESS } from './lateness';
import { PLACING } from './placing';
import { RIGHTS } from './rights';
import { TAKING_OVER } from './taking-over';
import { WAYS_BACK } from './ways-back';
import { type Walk } from './walk';

export const WALKS: readonly Walk[] = [
  ...PLACING,
  ...EXISTING_ENTRY,
  ...TAKING_OVER,
  ...LATENESS,
  ...FOLLOWING,
  ...EXPIRING,
  ...INTERRUPTED,
  ...GIVING_BACK,
  ...WAYS_BACK,
  ...AT_ONCE,
  ...RIGHTS,
  ...HALF_MOVED,
];
