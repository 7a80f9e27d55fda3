import {
  customTemplate,
  type CustomResourceEvent,
  type Harness,
  lastEvents,
  reasonOf,
  startHarness,
  succeed,
  TOKEN,
} from './harness';

describe('custom resources', () => {
  let cf: Harness;

  beforeEach(async () => {
    cf = await startHarness();
  });

  afterEach(() => cf.stop());

  const create = (properties = {}, name = 's') =>
    cf.engine.createStack({ name, template: customTemplate({ Thing: properties }) });
  const sent = (): string[] =>
    cf.events.map(
      ({ RequestType, LogicalResourceId, PhysicalResourceId }) =>
        `${RequestType} ${LogicalResourceId} ${PhysicalResourceId}`,
    );

  test('sends the documented event, simple values as strings at every depth', async () => {
    await create({ Flag: true, Number: 14, Nested: { List: [1, false, { Deep: 0.5 }] }, ServiceTimeout: 60 });
    const [event] = cf.events;
    expect(event).toEqual({
      RequestType: 'Create',
      ServiceToken: TOKEN,
      ResponseURL: expect.stringContaining(cf.answerBucket.url) as string,
      StackId: cf.engine.stack('s')?.id,
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      LogicalResourceId: 'Thing',
      ResourceType: 'Custom::Thing',
      ResourceProperties: {
        ServiceToken: TOKEN,
        Flag: 'true',
        Number: '14',
        Nested: { List: ['1', 'false', { Deep: '0.5' }] },
        ServiceTimeout: '60',
      },
    });
  });

  test.each<[string, (event: CustomResourceEvent) => Record<string, unknown> | string, string]>([
    [
      'too long a body',
      () => ({ PhysicalResourceId: 'x', Data: { Long: 'ö'.repeat(2048) } }),
      'Response object is too long.',
    ],
    ['no JSON', () => 'no', 'Response is not valid JSON.'],
    ['an empty physical id', () => ({ PhysicalResourceId: '' }), 'Invalid PhysicalResourceId'],
    ['no physical id', () => ({}), 'Invalid PhysicalResourceId'],
    [
      'a physical id over 1 KB',
      () => ({ PhysicalResourceId: 'x'.repeat(1025) }),
      'Invalid PhysicalResourceId',
    ],
    [
      'FAILED without a physical id',
      () => ({ Status: 'FAILED', Reason: 'lost' }),
      'Invalid PhysicalResourceId',
    ],
    [
      'another status',
      () => ({ PhysicalResourceId: 'x', Status: 'OK' }),
      'Invalid response object: Status is "OK", not SUCCESS or FAILED.',
    ],
    [
      'FAILED',
      ({ RequestId: id }) => ({ Status: 'FAILED', PhysicalResourceId: 'x', Reason: `why ${id.length}` }),
      'Received response status [FAILED] from custom resource. Message returned: why 36 (RequestId: ID)',
    ],
  ])('fails for %s', async (_name, answer, reason) => {
    cf.script = (event) => (event.RequestType === 'Delete' ? succeed(event) : (answer(event) as string));
    const stack = await create();
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOf(stack, 'Thing', 'CREATE_FAILED')?.replace(cf.events[0]?.RequestId ?? '', 'ID')).toBe(
      reason,
    );
  });

  test('accepts a body of exactly 4,096 bytes', async () => {
    cf.script = (event) => {
      const { StackId, RequestId, LogicalResourceId } = event;
      const body = JSON.stringify({
        Status: 'SUCCESS',
        StackId,
        RequestId,
        LogicalResourceId,
        PhysicalResourceId: 'x',
        Data: { A: '' },
      });
      return body.replace('"A":""', `"A":"${'a'.repeat(4096 - Buffer.byteLength(body))}"`);
    };
    expect((await create()).status).toBe('CREATE_COMPLETE');
    expect(cf.answerBucket.accepted[0]?.body).toHaveLength(4096);
  });

  test('deletes a failed create by the id of the answer, or by one of its own', async () => {
    cf.script = (event) =>
      event.RequestType === 'Create'
        ? { Status: 'FAILED', Reason: 'no', PhysicalResourceId: 'given' }
        : succeed(event);
    await create({}, 'answered');
    cf.script = (event) => (event.RequestType === 'Create' ? 'nonsense' : succeed(event));
    await create({}, 'nonsense');
    expect(sent()[1]).toBe('Delete Thing given');
    expect(sent()[3]).toMatch(/^Delete Thing nonsense-Thing-\w{12}$/);
  });

  test.each(['StackId', 'RequestId', 'LogicalResourceId'])(
    'ignores an answer with another %s',
    async (field) => {
      cf.script = async (event) => {
        await cf.put(event, { PhysicalResourceId: 'forged', [field]: 'other' });
        return { PhysicalResourceId: 'true' };
      };
      const stack = await create();
      expect(stack.resources.get('Thing')?.physicalId).toBe('true');
    },
  );

  test('the first answer counts', async () => {
    cf.script = async (event) => {
      await cf.put(event, { PhysicalResourceId: 'first' });
      return { Status: 'FAILED', PhysicalResourceId: 'second', Reason: 'late' };
    };
    const stack = await create();
    expect([stack.status, stack.resources.get('Thing')?.physicalId]).toEqual(['CREATE_COMPLETE', 'first']);
  });

  test.each([
    ['3600 s by default', {}, 3600],
    ['ServiceTimeout', { ServiceTimeout: '7' }, 7],
  ])('waits for %s, then deletes under an id it makes up', async (_name, properties, seconds) => {
    cf.script = (event) => {
      if (event.RequestType !== 'Create') return succeed(event);
      setImmediate(() => {
        cf.clock.advance(seconds * 1000 - 1);
        expect(cf.engine.stack('s')?.resources.get('Thing')?.status).toBe('CREATE_IN_PROGRESS');
        cf.clock.advance(1);
      });
      return 'silence';
    };
    const stack = await create(properties);
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOf(stack, 'Thing', 'CREATE_FAILED')).toContain(
      'CloudFormation did not receive a response from your Custom Resource.',
    );
    expect(sent()[1]).toMatch(/^Delete Thing s-Thing-\w{12}$/);
  });

  test.each([
    [
      'ServiceTimeout out of range',
      { ServiceTimeout: '{{resolve:ssm:/timeout}}' },
      'Invalid ServiceTimeout value "3601": it must be an integer from 1 to 3600',
    ],
    [
      'a token that is no function',
      { ServiceToken: 'arn:aws:sqs:us-east-1:111122223333:queue' },
      'Invalid service token.',
    ],
    [
      'a token of another region',
      { ServiceToken: TOKEN.replace('us-east-1', 'eu-west-1') },
      'Invalid service token: the function must be in us-east-1, the region of the stack.',
    ],
  ])('refuses %s', async (_name, properties, reason) => {
    cf.script = succeed;
    cf.ssm.set('/timeout', '3601');
    const stack = await create(properties);
    expect(reasonOf(stack, 'Thing', 'CREATE_FAILED')).toBe(reason);
    expect([stack.status, cf.events]).toEqual(['ROLLBACK_COMPLETE', []]);
  });

  test('names an attribute that the answer lacks', async () => {
    cf.script = (event) => ({ ...(succeed(event) as object), Data: { A: '1', Map: { B: '2' } } });
    const template = (attribute: string) =>
      customTemplate({ Thing: {}, User: { Value: { 'Fn::GetAtt': ['Thing', attribute] } } });
    const good = await cf.engine.createStack({ name: 'good', template: template('Map.B') });
    expect(good.resources.get('User')?.properties['Value']).toBe('2');
    const bad = await cf.engine.createStack({ name: 'bad', template: template('X') });
    expect(bad.status).toBe('ROLLBACK_COMPLETE');
    const id = `${bad.id}|Thing|${bad.resources.get('Thing')?.lastRequestId}`;
    expect(reasonOf(bad, 'User', 'CREATE_FAILED')).toBe(
      `CustomResource attribute error: Vendor response doesn't contain X key in object ${id} in S3 bucket cloudformation-custom-resource-storage-useast1`,
    );
  });

  test('refuses another service token in an update', async () => {
    await create();
    const stack = await cf.engine.updateStack({
      name: 's',
      template: customTemplate({ Thing: { ServiceToken: `${TOKEN}2` } }),
    });
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(sent()).toEqual(['Create Thing undefined']);
    expect(reasonOf(stack, 'Thing', 'UPDATE_FAILED')).toBe('Modifying service token is not allowed.');
  });

  test('cancels siblings of a failure, and deletes them while their create still runs', async () => {
    let release: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (release = resolve));
    cf.script = async (event) => {
      if (event.RequestType === 'Delete') return succeed(event);
      if (event.LogicalResourceId === 'Slow') {
        await late;
        return { PhysicalResourceId: 'slow' };
      }
      while (cf.events.length < 2) await new Promise(setImmediate);
      return { Status: 'FAILED', PhysicalResourceId: 'x', Reason: 'no' };
    };
    const stack = await cf.engine.createStack({
      name: 's',
      template: customTemplate({ Slow: {}, Bad: {}, Never: { DependsOn: 'Slow' } }),
    });
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOf(stack, 'Slow', 'CREATE_FAILED')).toBe('Resource creation cancelled');
    expect(
      sent()
        .filter((line) => line.startsWith('Delete'))
        .sort(),
    ).toEqual(['Delete Bad x', expect.stringMatching(/^Delete Slow s-Slow-\w{12}$/)]);
    expect(stack.reason).toBeUndefined();
    expect(stack.events.find(({ status }) => status === 'ROLLBACK_IN_PROGRESS')?.reason).toBe(
      'The following resource(s) failed to create: [Bad, Slow]. Rollback requested by user.',
    );
    expect(lastEvents(stack).some((line) => line.endsWith('Never'))).toBe(false);
    release();
    while (cf.answerBucket.accepted.length < 4) await new Promise(setImmediate);
    expect(stack.resources.get('Slow')?.status).toBe('DELETE_COMPLETE');
  });
});
