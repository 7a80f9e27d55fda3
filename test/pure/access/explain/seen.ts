/** aws-auth as if each section had been pasted alone: lines and offsets are those of its text. */
import { type AwsAuthData, SECTIONS } from '../../../../access/aws-auth/identity-mapping';
import { positionOf } from '../../../../access/aws-auth/reading/position';
import { type ReadAwsAuth, type SeenSection } from '../../../../access/explain/seen-cluster';

export function seenSection(text: string): SeenSection {
  return {
    text,
    spanOf: (start, end) => ({ start, end, from: positionOf(text, start), to: positionOf(text, end) }),
  };
}

export function seenAwsAuth(data: AwsAuthData): ReadAwsAuth {
  return {
    state: 'read',
    data,
    sections: Object.fromEntries(
      SECTIONS.flatMap((section) => {
        const text = Object.hasOwn(data, section) ? data[section] : undefined;
        return text === undefined ? [] : [[section, seenSection(text)] as const];
      }),
    ),
  };
}
