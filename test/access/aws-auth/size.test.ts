import { checkSize } from '../../../access/aws-auth/size';

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
