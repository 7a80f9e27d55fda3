/** What the reader keeps of the texts that it has read: a container lives for hours, and a text has up to a mebibyte. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readSection } from '../../../../access/aws-auth/reading/login';

const MIB = 2 ** 20;

/** Bytes of the heap that are in use, once everything that nobody holds has gone. */
async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What was reached through a weak reference is held until the job ends.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return process.memoryUsage().heapUsed;
}

const entry = (index: number): string =>
  `- rolearn: arn:aws:iam::111122223333:role/somebody-${index}\n  username: somebody-number-${index}\n  groups:\n    - a-group-of-${index}\n`;

test('of texts that grow from one another no more than two are held', async () => {
  const head = `# ${'x'.repeat(MIB)}\n${entry(0)}${entry(1)}`;
  readSection('mapRoles', head);
  const before = await heldBytes();
  let text = head;
  for (let index = 2; index < 40; index += 1) {
    // One string and not a rope of the one before.
    text = [text, entry(index)].join('');
    expect(readSection('mapRoles', text).entries).toHaveLength(index + 1);
  }
  expect(await heldBytes()).toBeLessThan(before + 3 * MIB);
});

test('what is remembered of one section says nothing of another', () => {
  const text = '- rolearn: a\n- userarn: b\n- rolearn: c\n- userarn: d\n';
  const arns = (section: 'mapRoles' | 'mapUsers', more = ''): string[] =>
    readSection(section, text + more).entries.map((entry) =>
      'arn' in entry ? `${entry.section} ${entry.arn}` : '',
    );
  expect(arns('mapRoles')).toEqual(['mapRoles a', 'mapRoles c']);
  expect(arns('mapUsers')).toEqual(['mapUsers b', 'mapUsers d']);
  expect(arns('mapUsers', '- userarn: e\n')).toEqual(['mapUsers b', 'mapUsers d', 'mapUsers e']);
  const roles = entry(0) + entry(1);
  expect(readSection('mapRoles', roles).entries).toHaveLength(2);
  expect(readSection('mapUsers', roles + entry(2)).dropped).toHaveLength(3);
});
