/** Text in tags comes back as it was, and what no writer of ours has written is no text (GT-72). */
import {
  escapeText,
  fromChunks,
  isChunkOf,
  packText,
  toChunks,
  unescapeText,
  unpackText,
} from '../../../../access/access-entry/tag-text';

test.each([
  ['arn:aws:x/y', '/:', 'arn:aws:x/y'],
  ['a=b/c:d', '', 'a=00003db=00002fc=00003ad'],
  ['é€😀', '', '=0000e9=0020ac=01f600'],
])('%j is escaped and comes back', (text, also, escaped) => {
  expect(escapeText(text, also)).toBe(escaped);
  expect(unescapeText(escaped)).toBe(text);
});

test('what stands for no character is none', () => {
  expect(unescapeText('a=110000b=10ffff')).toBe('ab\u{10ffff}');
  expect(unescapeText('a=00003')).toBe('a=00003');
});

test('long text is cut, and a chunk that is missing ends it', () => {
  const text = 'x'.repeat(256) + 'y'.repeat(256) + 'z';
  const chunks = toChunks('k', text);
  expect(Object.keys(chunks)).toEqual(['k', 'k.1', 'k.2']);
  expect(fromChunks(chunks, 'k')).toBe(text);
  expect(fromChunks({ ...chunks, 'k.3': '!' }, 'k')).toBe(`${text}!`);
  expect(fromChunks({ k: 'a', 'k.2': 'b' }, 'k')).toBe('a');
  expect(fromChunks({ 'k.1': 'a' }, 'k')).toBeUndefined();
  expect(['k', 'k.1', 'k.x', 'kk', 'k.1.2'].filter((key) => isChunkOf(key, 'k'))).toEqual(['k', 'k.1']);
});

test.each([['', 'é€😀', 'a'.repeat(1_000)]])('%j is packed with its length', (text) => {
  const packed = packText(text);
  expect(packed).toMatch(/^\d+\.[\w-]*$/);
  expect(unpackText(packed)).toBe(text);
  expect(unpackText(`${packed}A`)).toBeUndefined();
});

test.each([[''], ['4.abc'], ['.'], ['1.A'], ['2._w'], ['3.a b']])('%j was not packed', (text) => {
  expect(unpackText(text)).toBeUndefined();
});
