/**
 * Times edits of one document in a process of its own, so that the first one meets code that has never run. Processor
 * time of all threads: what the design's "of one core" means, and what other programs on the machine do not change.
 */
import { type LoginIdentity } from '../access/login-identity';
import { type Editor } from '../access/aws-auth/editing/edit';
import { insertion } from '../access/aws-auth/editing/insert';
import { edited } from '../access/aws-auth/editing/proven-edit';
import { removal } from '../access/aws-auth/editing/remove';
import { replacement } from '../access/aws-auth/editing/replace';
import { planPut } from '../access/aws-auth/plan';
import { SectionReader } from '../access/aws-auth/reading/section-reader';
import { type AwsAuthData, type PrincipalMapping } from '../access/aws-auth/identity-mapping';
import { documentOf, type Style } from './document-text';

export const EDITS = ['insert', 'replace', 'remove', 'whole plan'] as const;
export type Edit = (typeof EDITS)[number];

export interface DocumentJob {
  readonly style: Style;
  readonly entries: number;
  readonly edit: Edit;
  readonly times: number;
}

export interface DocumentRun {
  readonly bytes: number;
  /** Milliseconds of processor time of each edit, in order. */
  readonly cpu: readonly number[];
  readonly wall: readonly number[];
}

const mapping: PrincipalMapping = {
  section: 'mapRoles',
  arn: 'arn:aws:iam::111122223333:role/newcomer',
  username: 'newcomer',
  groups: ['team-a', 'team-b'],
};

function perform(edit: Edit, data: AwsAuthData, middle: number): void {
  const reader = new SectionReader();
  const editBy = (editor: Editor): void => void edited(reader.readAll(data), 'mapRoles', editor, reader);
  switch (edit) {
    case 'insert':
      return editBy(insertion(mapping));
    case 'replace':
      return editBy(replacement(middle, mapping));
    case 'remove':
      return editBy(removal(middle));
    case 'whole plan':
      return void planPut(
        { data, annotations: {} },
        {
          key: mapping.arn,
          mapping,
          owner: { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/a/b', logicalId: 'Entry' },
          existingEntry: 'FAIL',
          isNew: true,
          surroundings: {
            standing: undefined,
            elsewhere: { state: 'nothing' },
            desired: '{}' as LoginIdentity,
            mayTakeOver: () => false,
            isProvidersRole: false,
          },
        },
      );
  }
}

process.once('message', (message) => {
  const { style, entries, edit, times } = message as DocumentJob;
  const mapRoles = documentOf(style, entries);
  // Different from their first line on, so that nothing can help that is remembered of the one before.
  const texts = Array.from({ length: times }, (_, time) => `# ${time}\n${mapRoles}`);
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const before = process.cpuUsage();
    const started = performance.now();
    perform(edit, { mapRoles: texts[time] ?? '' }, Math.floor(entries / 2));
    wall.push(performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  const run: DocumentRun = { bytes: Buffer.byteLength(mapRoles), cpu, wall };
  process.send?.(run, () => process.disconnect());
});
