import fc from 'fast-check';
import https from 'node:https';
import * as cfnResponse from 'cfn-response';
import { clean, failure, MAX_BODY_BYTES, success } from '../../../../lambda/cloudformation/response';
import { parseEnvelope } from '../../../../lambda/cloudformation/event';
import { createEvent, REQUEST_ID, STACK_ID } from '../../../support/events';

const envelope = parseEnvelope(createEvent());
const data = {
  PrincipalArn: 'a',
  UserName: 'b',
  Groups: 'c',
  AuthenticationMode: 'API',
  AccessEntryArn: '',
  Adopted: 'false',
};
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\u{1F600}', '\ud800', '\u0000', '\u001b[31m', '"', '\\', 'é'),
    fc.string({ minLength: 1, maxLength: 1 }),
  ),
  maxLength: 9000,
});

describe('bodies', () => {
  test('a SUCCESS copies the request’s ids and returns the attributes (CR-9)', () => {
    expect(JSON.parse(success(envelope, 'role|c|p', data))).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'role|c|p',
      StackId: STACK_ID,
      RequestId: REQUEST_ID,
      LogicalResourceId: 'LambdaKubeUser',
      Data: data,
    });
  });

  test('attributes that do not fit are refused before anything is changed, naming what to shorten', () => {
    expect(() => success(envelope, 'id', { ...data, Groups: 'g'.repeat(4000) })).toThrow(
      /4096: shorten UserName or Groups/,
    );
  });

  test('law: a failure is at most 4,096 bytes of JSON without control characters, keeps its head and says where to look (CR-5, CR-6)', () => {
    fc.assert(
      fc.property(anyText, (reason) => {
        const body = failure(envelope, 'id', reason, 'log group g, stream s, request r');
        expect(Buffer.byteLength(body, 'utf8')).toBeLessThanOrEqual(MAX_BODY_BYTES);
        const { Reason, PhysicalResourceId } = JSON.parse(body) as {
          Reason: string;
          PhysicalResourceId: string;
        };
        expect(PhysicalResourceId).toBe('id');
        expect(Reason).toMatch(/\(log group g, stream s, request r\)$/);
        expect(Reason).not.toMatch(/\p{Cc}|\p{Cs}/u);
        const head = clean(reason).slice(0, 200);
        expect(Reason.startsWith([...head].slice(0, 100).join(''))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a failure that just fits is not cut', () => {
    const room = MAX_BODY_BYTES - Buffer.byteLength(failure(envelope, 'id', '', 'l'), 'utf8');
    const exact = 'x'.repeat(room);
    expect(Buffer.byteLength(failure(envelope, 'id', exact, 'l'), 'utf8')).toBe(MAX_BODY_BYTES);
    expect((JSON.parse(failure(envelope, 'id', exact, 'l')) as { Reason: string }).Reason).toBe(
      `${exact} (l)`,
    );
    expect((JSON.parse(failure(envelope, 'id', `${exact}x`, 'l')) as { Reason: string }).Reason).toContain(
      '…',
    );
  });

  test.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['two\nlines\ttab', 'two lines tab'],
    ['half \ud83d pair', 'half \ufffd pair'],
    ['sep\u2028arator', 'sep arator'],
  ])('clean(%j)', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test.each([
    [''],
    ['x'.repeat(1025)],
    ['\u{1F600}'.repeat(300)],
    ['\ud800'.repeat(400)],
    ['é'.repeat(2_000)],
  ])('a failure is answered whatever the id: %.12s', (id) => {
    const body = failure(envelope, id, 'why', 'l');
    const { PhysicalResourceId } = JSON.parse(body) as { readonly PhysicalResourceId: string };
    expect(PhysicalResourceId).not.toBe('');
    expect(Buffer.byteLength(PhysicalResourceId, 'utf8')).toBeLessThanOrEqual(1_024);
    expect(Buffer.byteLength(body, 'utf8')).toBeLessThanOrEqual(MAX_BODY_BYTES);
  });

  test('an empty or over-long physical id is never answered', () => {
    expect(() => success(envelope, '')).toThrow(RangeError);
    expect(() => success(envelope, 'x'.repeat(1025))).toThrow(RangeError);
  });
});

describe('what is cut', () => {
  const reasonIn = (body: string): string => (JSON.parse(body) as { readonly Reason: string }).Reason;

  test('a Reason keeps as much as there is room for', () => {
    const body = failure(envelope, 'id', 'x'.repeat(9_000), 'where');
    expect(JSON.parse(body)).toMatchObject({ Status: 'FAILED' });
    expect(reasonIn(body)).toMatch(/^x+… \(where\)$/);
    expect(Buffer.byteLength(body)).toBeGreaterThan(MAX_BODY_BYTES - 16);
  });

  test.each([
    ['why', /^… \(x+\)$/],
    ['', /^ \(x+\)$/],
  ])('whatever else does not fit, it ends: %j', (reason, expected) => {
    expect(reasonIn(failure(envelope, 'id', reason, 'x'.repeat(5_000)))).toMatch(expected);
  });

  test.each([
    ['two \n\n lines', 'two   lines'],
    ['\n a \t', 'a'],
  ])('clean(%j), whatever is around it', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test('an id of 1,024 bytes is answered as it is, and a longer one is cut to its head', () => {
    const id = (text: string): unknown =>
      (JSON.parse(failure(envelope, text, 'why', 'l')) as { readonly PhysicalResourceId: unknown })
        .PhysicalResourceId;
    expect(id('x'.repeat(1_024))).toBe('x'.repeat(1_024));
    expect(id('x'.repeat(1_025))).toBe('x'.repeat(1_021));
    expect(id('')).toBe('none');
    expect(success(envelope, 'x'.repeat(1_024))).toContain('"SUCCESS"');
  });

  test('an answer of 4,096 bytes is given, and one byte more is the template’s fault', () => {
    const room = MAX_BODY_BYTES - Buffer.byteLength(success(envelope, 'id', { ...data, Groups: '' }));
    const of = (length: number) => success(envelope, 'id', { ...data, Groups: 'g'.repeat(length) });
    expect(Buffer.byteLength(of(room))).toBe(MAX_BODY_BYTES);
    expect(() => of(room + 1)).toThrow(expect.objectContaining({ code: 'InvalidRequest' }) as Error);
  });
});

test('our body says what the npm package cfn-response says, less its default Reason', () => {
  const written: string[] = [];
  const sink = { on: () => sink, write: (body: string) => written.push(body), end: () => undefined };
  const spies = [
    jest.spyOn(https, 'request').mockReturnValue(sink as never),
    // It prints the whole body.
    jest.spyOn(console, 'log').mockImplementation(),
  ];
  cfnResponse.send(
    createEvent() as never,
    { logStreamName: 's', done: () => undefined } as never,
    'SUCCESS',
    data,
    'role|c|p',
  );
  spies.forEach((spy) => spy.mockRestore());
  const theirs = JSON.parse(written[0] ?? '') as Record<string, unknown>;
  delete theirs['Reason'];
  expect(JSON.parse(success(envelope, 'role|c|p', data))).toEqual(theirs);
});
