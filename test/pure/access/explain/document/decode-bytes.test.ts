/** The bytes of a file that is opened or dropped. */
import { decodeBytes } from '../../../../../access/explain/document/decode-bytes';

const TEXT = 'mapRoles: |\r\n  - über 😀\n';
const utf8 = Buffer.from(TEXT);
const little = Buffer.from(TEXT, 'utf16le');
const big = Buffer.from(little).swap16();

test.each([
  ['UTF-8', utf8],
  ['UTF-8 with its mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8])],
])('%s', (_, bytes) => {
  expect(decodeBytes(bytes)).toEqual({ text: TEXT });
});

test.each([
  ['UTF-16LE', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
  ['UTF-16BE', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ['UTF-16LE', little],
  ['UTF-16BE', big],
])('%s is read, and said, because kubectl does not read it', (encoding, bytes) => {
  expect(decodeBytes(bytes)).toEqual({
    text: TEXT,
    note: `The file is ${encoding}, which kubectl does not read: save it as UTF-8 before you apply it.`,
  });
});

test.each([
  ['Latin-1', Buffer.from('über', 'latin1'), /not text in UTF-8/],
  [
    'half of a character',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a', 'utf16le'), Buffer.from([1])]),
    /not text in UTF-16LE/,
  ],
  ['an archive', Buffer.from('PK\u0003\u0004\0\0\0a'), /NUL bytes/],
])('%s is refused', (_, bytes, refused) => {
  expect(decodeBytes(bytes)).toEqual({ refused: expect.stringMatching(refused) as string });
});

test('an empty file is an empty text', () => {
  expect(decodeBytes(new Uint8Array())).toEqual({ text: '' });
});
