import { checkReadable, checkSize } from '../../../../access/aws-auth/size';

const DATA = 1_048_576;
const ANNOTATIONS = 262_144;

test.each<[string, () => void]>([
  [
    'data up to the limit, keys not counted',
    () => checkSize({ mapRoles: 'x'.repeat(DATA - 2), other: 'é' }, {}),
  ],
  ['annotations up to the limit', () => checkSize({}, { key: 'x'.repeat(ANNOTATIONS - 6), é: 'x' })],
])('%s pass (GT-61)', (_, check) => {
  expect(check).not.toThrow();
});

test.each<[string, () => void, RegExp]>([
  [
    'data',
    () => checkSize({ mapRoles: 'x'.repeat(DATA - 1), other: 'é' }, {}),
    /would have 1048577 bytes of data and may have 1048576: remove entries/,
  ],
  [
    'annotations',
    () => checkSize({}, { key: 'x'.repeat(ANNOTATIONS - 5), é: 'x' }),
    /would have 262145 bytes and may have 262144 \(cfn-eks-access\/owners among them\): remove annotations/,
  ],
])('%s past the limit are refused, in bytes, with the remedy', (_, check, message) => {
  expect(check).toThrow(
    expect.objectContaining({
      code: 'InvalidRequest',
      message: expect.stringMatching(message) as string,
    }) as Error,
  );
});

test.each([
  ['a section of a megabyte', 'x'.repeat(DATA)],
  ['50,000 items', '- a\n'.repeat(50_000)],
  ['50,000 items in brackets', `[${'a,'.repeat(50_000)}]`],
  ['what are no items', '- rolearn: a-b--c -\u00a0x -- --- "\\-"\n'.repeat(20_000)],
  [
    'a megabyte of entries',
    '- {rolearn: "arn:aws:iam::111122223333:role/foo", username: "foo", groups: ["a"]}\n'.repeat(12_000),
  ],
])('%s can be planned', (_, text) => {
  expect(() =>
    checkReadable({ mapRoles: text, mapUsers: text, mapAccounts: text, other: '- '.repeat(DATA) }),
  ).not.toThrow();
});

test.each([
  [
    'mapRoles',
    'x'.repeat(DATA + 1),
    /^mapRoles of ConfigMap kube-system\/aws-auth has 1048577 characters and cannot be read/,
  ],
  [
    'mapUsers',
    '- a\r'.repeat(50_001),
    /^mapUsers .* has more than 50000 list items .*nothing was changed: remove the entries/,
  ],
  ['mapUsers', '- - a\n'.repeat(25_001), /more than 50000 list items/],
  ['mapAccounts', `[${'a,'.repeat(50_001)}]`, /^mapAccounts .* more than 50000 list items/],
  ['mapAccounts', `- ${'"1",\t-\n'.repeat(25_001)}`, /more than 50000 list items/],
])('%s with more is refused', (section, text, message) => {
  expect(() => checkReadable({ [section]: text })).toThrow(
    expect.objectContaining({
      code: 'InvalidRequest',
      message: expect.stringMatching(message) as string,
    }) as Error,
  );
});
