import {
  customTemplate,
  type CustomResourceEvent,
  type Harness,
  lastEvents,
  reasonOf,
  startHarness,
  succeed,
} from './harness';

/** The id follows the property `Key`, as it does in the provider itself. */
const keyed = (event: CustomResourceEvent) => ({
  PhysicalResourceId:
    event.RequestType === 'Delete'
      ? (event.PhysicalResourceId ?? '')
      : `key-${String(event.ResourceProperties['Key'])}`,
});
/** As `succeed`, under the id that the first Create answered. */
const succeedAs = (event: CustomResourceEvent) => ({ PhysicalResourceId: `id-${event.LogicalResourceId}` });
const failed = (event: CustomResourceEvent, id = event.PhysicalResourceId ?? 'none') => ({
  Status: 'FAILED',
  Reason: 'no',
  PhysicalResourceId: id,
});

describe('stack operations', () => {
  let cf: Harness;

  beforeEach(async () => {
    cf = await startHarness();
  });

  afterEach(() => cf.stop());

  const sent = (): string[] =>
    cf.events
      .splice(0)
      .map(
        ({
          RequestType,
          LogicalResourceId,
          PhysicalResourceId = '-',
          ResourceProperties: now,
          OldResourceProperties: old,
        }) =>
          [
            RequestType,
            LogicalResourceId,
            PhysicalResourceId,
            now['Key'],
            ...(old ? ['was', old['Key']] : []),
          ].join(' '),
      );
  const create = (resources: Parameters<typeof customTemplate>[0], options = {}) =>
    cf.engine.createStack({ name: 's', template: customTemplate(resources), ...options });
  const update = (resources: Parameters<typeof customTemplate>[0], options = {}) =>
    cf.engine.updateStack({ name: 's', template: customTemplate(resources), ...options });

  test('creates along dependencies and lists the events as CloudFormation does', async () => {
    const stack = await create({ B: { Key: { Ref: 'A' } }, A: { Key: '1' } });
    expect(lastEvents(stack)).toEqual([
      'CREATE_IN_PROGRESS s',
      'CREATE_IN_PROGRESS A',
      'CREATE_IN_PROGRESS A',
      'CREATE_COMPLETE A',
      'CREATE_IN_PROGRESS B',
      'CREATE_IN_PROGRESS B',
      'CREATE_COMPLETE B',
      'CREATE_COMPLETE s',
    ]);
    expect(stack.events[1]).toMatchObject({ physicalId: '', type: 'Custom::Thing', stackId: stack.id });
    expect(stack.events[2]).toMatchObject({ physicalId: 'id-A', reason: 'Resource creation Initiated' });
    expect(sent()).toEqual(['Create A - 1', 'Create B - id-A']);
  });

  test('starts what is independent at once', async () => {
    let most = 0;
    let now = 0;
    cf.script = async (event) => {
      now += 1;
      most = Math.max(most, now);
      while (event.RequestType === 'Create' && cf.events.length < 3) await new Promise(setImmediate);
      now -= 1;
      return succeed(event);
    };
    await create({ A: {}, B: {}, C: {} });
    expect(most).toBe(3);
  });

  test('updates what changed, and nothing else', async () => {
    await create({ A: { Key: '1' }, B: { Key: '1' } });
    sent();
    const stack = await update({ B: { Key: '1' }, A: { Key: '2' } });
    expect(sent()).toEqual(['Update A id-A 2 was 1']);
    expect(lastEvents(stack)).toEqual([
      'UPDATE_IN_PROGRESS s',
      'UPDATE_IN_PROGRESS A',
      'UPDATE_COMPLETE A',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS s',
      'UPDATE_COMPLETE s',
    ]);
  });

  test('refuses an update that changes nothing, whatever the order of keys', async () => {
    await create({ A: { Key: '1', Other: { x: 1, y: 2 } } });
    await expect(update({ A: { Other: { y: 2, x: 1 }, Key: '1' } })).rejects.toThrow(
      'No updates are to be performed.',
    );
    await expect(
      update({ A: { Key: '1', Other: { x: 1, y: 2 } } }, { tags: { a: 'b' } }),
    ).resolves.toMatchObject({ status: 'UPDATE_COMPLETE' });
  });

  test('deletes a replaced and a removed resource only after everything succeeded', async () => {
    cf.script = keyed;
    await create({ A: { Key: '1' }, Gone: { Key: 'g', DependsOn: 'A' }, B: { Key: { Ref: 'A' } } });
    sent();
    const stack = await update({ A: { Key: '2' }, B: { Key: { Ref: 'A' } } });
    const events = sent();
    expect(events.slice(0, 2)).toEqual(['Update A key-1 2 was 1', 'Update B key-key-1 key-2 was key-1']);
    expect(events.slice(2, 4).sort()).toEqual(['Delete B key-key-1 key-1', 'Delete Gone key-g g']);
    expect(events.slice(4)).toEqual(['Delete A key-1 1']);
    expect(
      stack.events.find(({ status, physicalId }) => status === 'UPDATE_IN_PROGRESS' && physicalId === 'key-2')
        ?.reason,
    ).toBe('Requested update required the provider to create a new physical resource');
    expect([...stack.resources.keys()].sort()).toEqual(['A', 'B']);
  });

  test('tries a clean-up delete three times, and lets go', async () => {
    cf.script = (event) => (event.RequestType === 'Delete' ? failed(event) : keyed(event));
    await create({ A: { Key: '1' } });
    sent();
    const stack = await update({ A: { Key: '2' } });
    expect(sent()).toEqual([
      'Update A key-1 2 was 1',
      'Delete A key-1 1',
      'Delete A key-1 1',
      'Delete A key-1 1',
    ]);
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(stack.events.filter(({ status }) => status === 'DELETE_FAILED')).toHaveLength(3);
    expect(stack.resources.get('A')).toMatchObject({ physicalId: 'key-2', status: 'UPDATE_COMPLETE' });
  });

  test('rolls an update back with swapped properties and the current id, then cleans up', async () => {
    cf.script = (event) =>
      event.LogicalResourceId === 'Bad' && event.RequestType === 'Create'
        ? failed(event, 'bad')
        : keyed(event);
    await create({ Moved: { Key: '1' }, InPlace: { Key: 'x', Extra: 'old' } });
    sent();
    const stack = await update({
      Moved: { Key: '2' },
      InPlace: { Key: 'x', Extra: 'new', DependsOn: 'Moved' },
      Bad: { Key: 'b', DependsOn: 'InPlace' },
    });
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    const events = sent();
    expect(events.slice(0, 3)).toEqual([
      'Update Moved key-1 2 was 1',
      'Update InPlace key-x x was x',
      'Create Bad - b',
    ]);
    expect(events.slice(3, 5).sort()).toEqual(['Update InPlace key-x x was x', 'Update Moved key-2 1 was 2']);
    expect(events.slice(5).sort()).toEqual(['Delete Bad bad b', 'Delete Moved key-2 2']);
    expect(stack.resources.get('Moved')).toMatchObject({ physicalId: 'key-1', properties: { Key: '1' } });
    expect(stack.resources.get('InPlace')?.properties['Extra']).toBe('old');
    expect(lastEvents(stack).at(-1)).toBe('UPDATE_ROLLBACK_COMPLETE s');
    expect(stack.events.find(({ status }) => status === 'UPDATE_ROLLBACK_IN_PROGRESS')?.reason).toBe(
      'The following resource(s) failed to create: [Bad].',
    );
    expect((await update({ Moved: { Key: '2' }, InPlace: { Key: 'x', Extra: 'old' } })).status).toBe(
      'UPDATE_COMPLETE',
    );
  });

  test('takes another id of a failed update for a replacement, and deletes it', async () => {
    await create({ A: { Key: '1' } });
    sent();
    cf.script = (event) => {
      if (event.RequestType === 'Update' && event.ResourceProperties['Key'] === '2')
        return failed(event, 'bogus');
      return { PhysicalResourceId: event.RequestType === 'Delete' ? 'ignored' : 'id-A' };
    };
    const stack = await update({ A: { Key: '2' } });
    expect(sent()).toEqual(['Update A id-A 2 was 1', 'Update A bogus 1 was 2', 'Delete A bogus 2']);
    expect([stack.status, stack.resources.get('A')?.physicalId]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      'id-A',
    ]);
  });

  test('sends an update back to a resource whose update failed', async () => {
    await create({ A: { Key: '1' } });
    sent();
    cf.script = (event) => (event.ResourceProperties['Key'] === '2' ? failed(event) : succeed(event));
    await update({ A: { Key: '2' } });
    expect(sent()).toEqual(['Update A id-A 2 was 1', 'Update A id-A 1 was 2']);
  });

  test('stops at UPDATE_ROLLBACK_FAILED, and continues or skips', async () => {
    await create({ A: { Key: '1' }, B: { Key: '1' } });
    cf.script = (event) => (event.RequestType === 'Update' ? failed(event) : succeed(event));
    const stack = await update({ A: { Key: '2' } });
    expect([stack.status, stack.reason]).toEqual([
      'UPDATE_ROLLBACK_FAILED',
      'The following resource(s) failed to update: [A].',
    ]);
    await expect(update({ A: { Key: '3' } })).rejects.toThrow(
      'is in UPDATE_ROLLBACK_FAILED state and can not be updated.',
    );
    expect((await cf.engine.continueUpdateRollback('s')).status).toBe('UPDATE_ROLLBACK_FAILED');
    sent();
    expect((await cf.engine.continueUpdateRollback('s', ['A'])).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(sent()).toEqual([]);
  });

  test('without rollback keeps what succeeded, and retries the rest with the same RequestId', async () => {
    let broken = true;
    cf.script = (event) => (broken && event.LogicalResourceId === 'Bad' ? failed(event) : succeed(event));
    const stack = await create({ Good: {}, Bad: {}, After: { DependsOn: 'Bad' } }, { disableRollback: true });
    expect([stack.status, stack.reason]).toEqual([
      'CREATE_FAILED',
      'The following resource(s) failed to create: [Bad].',
    ]);
    expect([...stack.resources].map(([name, { status }]) => [name, status])).toEqual([
      ['Good', 'CREATE_COMPLETE'],
      ['Bad', 'CREATE_FAILED'],
    ]);
    const [first] = cf.events.filter(({ LogicalResourceId }) => LogicalResourceId === 'Bad');
    broken = false;
    cf.events.splice(0);
    expect(
      (await update({ Good: {}, Bad: {}, After: { DependsOn: 'Bad' } }, { disableRollback: true })).status,
    ).toBe('UPDATE_COMPLETE');
    expect(
      cf.events.map(({ RequestType, LogicalResourceId }) => `${RequestType} ${LogicalResourceId}`),
    ).toEqual(['Create Bad', 'Create After']);
    expect(cf.events[0]?.RequestId).toBe(first?.RequestId);
  });

  test('an update that was kept half-done goes back to where the first one began', async () => {
    await create({ A: { Key: '1' }, B: { Key: '1' } });
    cf.script = (event) => (event.ResourceProperties['Key'] === 'bad' ? failed(event) : keyed(event));
    const kept = await update({ A: { Key: '2' }, B: { Key: 'bad' } }, { disableRollback: true });
    expect([kept.status, kept.resources.get('A')?.physicalId]).toEqual(['UPDATE_FAILED', 'key-2']);
    sent();
    cf.script = (event) =>
      event.RequestType === 'Update' && event.ResourceProperties['Key'] === '1'
        ? succeedAs(event)
        : keyed(event);
    const { done } = cf.engine.beginRollback('s');
    expect((await done).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(sent().sort()).toEqual(['Delete A key-2 2', 'Update A key-2 1 was 2', 'Update B id-B 1 was bad']);
    expect(kept.resources.get('A')).toMatchObject({ physicalId: 'id-A', properties: { Key: '1' } });
  });

  test('RollbackStack deletes what a kept create has made', async () => {
    cf.script = (event) => (event.LogicalResourceId === 'Bad' ? failed(event, 'bad') : succeed(event));
    await create({ Good: {}, Bad: {} }, { disableRollback: true });
    cf.script = succeed;
    sent();
    expect((await cf.engine.beginRollback('s').done).status).toBe('ROLLBACK_COMPLETE');
    expect(sent().sort()).toEqual(['Delete Bad bad ', 'Delete Good id-Good ']);
    expect(() => cf.engine.beginRollback('s')).toThrow(
      'is in ROLLBACK_COMPLETE state and can not be rolled back.',
    );
  });

  test('deletes in reverse order', async () => {
    await create({ A: {}, B: { DependsOn: 'A' }, C: { DependsOn: 'B' } });
    sent();
    const stack = await cf.engine.deleteStack('s');
    expect(sent().map((line) => line.split(' ')[1])).toEqual(['C', 'B', 'A']);
    expect(stack.status).toBe('DELETE_COMPLETE');
    expect(cf.engine.stack('s')).toBeUndefined();
    expect(cf.engine.stack(stack.id)).toBe(stack);
    expect((await create({ A: {} })).status).toBe('CREATE_COMPLETE');
  });

  test('keeps what a failed delete needs; retains on demand', async () => {
    cf.script = (event) =>
      event.RequestType === 'Delete' && event.LogicalResourceId === 'B' ? failed(event) : succeed(event);
    await create({ A: {}, B: { DependsOn: 'A' }, C: {} });
    sent();
    const stack = await cf.engine.deleteStack('s');
    expect(
      sent()
        .map((line) => line.split(' ')[1])
        .sort(),
    ).toEqual(['B', 'C']);
    expect([stack.status, stack.reason]).toEqual([
      'DELETE_FAILED',
      'The following resource(s) failed to delete: [B].',
    ]);
    expect((await cf.engine.deleteStack({ name: 's', retainResources: ['B'] })).status).toBe(
      'DELETE_COMPLETE',
    );
    expect(sent().map((line) => line.split(' ')[1])).toEqual(['A']);
    expect(stack.resources.get('B')?.status).toBe('DELETE_SKIPPED');
  });

  test('force leaves behind what cannot be deleted', async () => {
    cf.script = (event) => (event.RequestType === 'Delete' ? failed(event) : succeed(event));
    await create({ A: {} });
    expect((await cf.engine.deleteStack({ name: 's', force: true })).status).toBe('DELETE_COMPLETE');
  });

  test('a rollback that cannot delete is ROLLBACK_FAILED', async () => {
    cf.script = (event) => failed(event, 'x');
    expect((await create({ A: {} })).status).toBe('ROLLBACK_FAILED');
  });

  test.each([
    ['Delete', { DeletionPolicy: 'Delete' }, ['Delete A key-2 2'], ['Delete A key-1 1']],
    ['Retain', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete' }, [], ['Delete A key-1 1']],
    ['Retain on replacement', { UpdateReplacePolicy: 'Retain' }, ['Delete A key-2 2'], []],
  ])('heeds the policy %s', async (_name, policies, onDelete, onReplace) => {
    cf.script = keyed;
    const template = (key: string): string => {
      const document = JSON.parse(customTemplate({ A: { Key: key } })) as { Resources: { A: object } };
      Object.assign(document.Resources.A, policies);
      return JSON.stringify(document);
    };
    await cf.engine.createStack({ name: 's', template: template('1') });
    sent();
    await cf.engine.updateStack({ name: 's', template: template('2') });
    expect(sent().slice(1)).toEqual(onReplace);
    await cf.engine.deleteStack('s');
    expect(sent()).toEqual(onDelete);
  });

  test('deleting a stack that is being created cancels the creation', async () => {
    cf.script = (event) => (event.RequestType === 'Create' ? 'silence' : succeed(event));
    const { done, stack } = cf.engine.beginCreate({
      name: 's',
      template: customTemplate({ A: {}, B: { DependsOn: 'A' } }),
    });
    await cf.engine.deleteStack('s');
    expect((await done).status).toBe('DELETE_COMPLETE');
    expect(reasonOf(stack, 'A', 'CREATE_FAILED')).toBe('Resource creation cancelled');
    expect(sent()).toEqual(['Create A - ', expect.stringMatching(/^Delete A s-A-\w{12} $/)]);
  });

  test('cancelling an update rolls it back', async () => {
    await create({ A: { Key: '1' } });
    sent();
    cf.script = (event) => (event.ResourceProperties['Key'] === '2' ? 'silence' : succeed(event));
    const { done } = cf.engine.beginUpdate({ name: 's', template: customTemplate({ A: { Key: '2' } }) });
    expect(() => cf.engine.beginDelete({ name: 's' })).toThrow(
      'Stack [s] cannot be deleted while in status UPDATE_IN_PROGRESS',
    );
    cf.engine.cancelUpdate('s');
    const stack = await done;
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasonOf(stack, 'A', 'UPDATE_FAILED')).toBe('Resource update cancelled');
    expect(sent()).toEqual(['Update A id-A 2 was 1', 'Update A id-A 1 was 2']);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['a second stack of the same name', () => create({ A: {} }), 'Stack [s] already exists'],
    [
      'a bad stack name',
      () => cf.engine.createStack({ name: 'no_underscores', template: customTemplate({ A: {} }) }),
      "Value 'no_underscores' at 'stackName' failed to satisfy constraint",
    ],
    [
      'an update of nothing',
      () => cf.engine.updateStack({ name: 'other', template: customTemplate({ A: {} }) }),
      'Stack [other] does not exist',
    ],
    ['a delete of nothing', () => cf.engine.deleteStack('other'), 'Stack with id other does not exist'],
    [
      'retaining before a failure',
      () => cf.engine.deleteStack({ name: 's', retainResources: ['A'] }),
      'You can only specify retain resources on a stack in the DELETE_FAILED state.',
    ],
  ])('refuses %s', async (_name, act, message) => {
    await create({ A: {} });
    await expect(act()).rejects.toThrow(message);
  });

  test('refuses another type under the same logical id, and an update after a rolled-back create', async () => {
    await create({ A: {} });
    const retyped = customTemplate({ A: {} }).replace('Custom::Thing', 'Custom::Other');
    await expect(cf.engine.updateStack({ name: 's', template: retyped })).rejects.toThrow(
      'modifies resource type of the following resources: [A]',
    );
    cf.script = (event) => (event.RequestType === 'Create' ? failed(event) : succeed(event));
    await cf.engine.createStack({ name: 't', template: customTemplate({ A: {} }) });
    await expect(
      cf.engine.updateStack({ name: 't', template: customTemplate({ A: { Key: '2' } }) }),
    ).rejects.toThrow('is in ROLLBACK_COMPLETE state and can not be updated.');
  });

  describe('exports', () => {
    const exporter = (value: string, name = 'Shared'): string =>
      customTemplate({ A: {} }, { Outputs: { Out: { Value: value, Export: { Name: name } } } });
    const importer = customTemplate({
      A: { Key: { 'Fn::ImportValue': { 'Fn::Sub': 'Sha${AWS::StackName}' } } },
    }).replace('Sha${AWS::StackName}', 'Shared');

    beforeEach(async () => {
      await cf.engine.createStack({ name: 'source', template: exporter('1') });
    });

    test('are imported, and cannot be changed or deleted while they are', async () => {
      const stack = await cf.engine.createStack({ name: 'user', template: importer });
      expect(stack.resources.get('A')?.properties['Key']).toBe('1');
      const changed = await cf.engine.updateStack({ name: 'source', template: exporter('2') });
      expect(changed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(reasonOf(changed, 'source', 'UPDATE_ROLLBACK_IN_PROGRESS')).toBe(
        'Export Shared cannot be updated as it is in use by user',
      );
      const renamed = await cf.engine.updateStack({ name: 'source', template: exporter('1', 'Other') });
      expect(reasonOf(renamed, 'source', 'UPDATE_ROLLBACK_IN_PROGRESS')).toBe(
        'Export Shared cannot be deleted as it is in use by user',
      );
      const kept = await cf.engine.deleteStack('source');
      expect([kept.status, kept.reason]).toEqual([
        'UPDATE_ROLLBACK_COMPLETE',
        'Export Shared cannot be deleted as it is in use by user',
      ]);
      await cf.engine.deleteStack('user');
      expect((await cf.engine.deleteStack('source')).status).toBe('DELETE_COMPLETE');
      expect(cf.engine.stacks.exports()).toEqual([]);
    });

    test('must exist, before anything is created', async () => {
      await cf.engine.deleteStack('source');
      const stack = await cf.engine.createStack({ name: 'user', template: importer });
      expect(lastEvents(stack)).toEqual([
        'CREATE_IN_PROGRESS user',
        'ROLLBACK_IN_PROGRESS user',
        'ROLLBACK_COMPLETE user',
      ]);
      expect(reasonOf(stack, 'user', 'ROLLBACK_IN_PROGRESS')).toBe(
        'No export named Shared found. Rollback requested by user.',
      );
    });

    describe('Fn::GetStackOutput', () => {
      const reader = (stack = 'source', output = 'Out'): string =>
        customTemplate({
          A: { Key: { 'Fn::GetStackOutput': { StackName: stack, OutputName: output, Region: 'us-east-1' } } },
        });

      test('gives the value that an output has now, and holds nothing', async () => {
        const stack = await cf.engine.createStack({ name: 'user', template: reader() });
        expect(stack.resources.get('A')?.properties['Key']).toBe('1');
        await expect(cf.engine.updateStack({ name: 'user', template: reader() })).rejects.toThrow(
          'No updates are to be performed.',
        );
        expect((await cf.engine.updateStack({ name: 'source', template: exporter('2') })).status).toBe(
          'UPDATE_COMPLETE',
        );
        await cf.engine.updateStack({ name: 'user', template: reader() });
        expect(stack.resources.get('A')?.properties['Key']).toBe('2');
        expect((await cf.engine.deleteStack('source')).status).toBe('DELETE_COMPLETE');
        expect((await cf.engine.deleteStack('user')).status).toBe('DELETE_COMPLETE');
      });

      test.each([
        [reader('sources'), 'Stack with id sources does not exist'],
        [reader('source', 'Ou'), 'Stack source has no output named Ou'],
        [
          reader().replace('"us-east-1"', '"eu-west-1"'),
          'template: resource A: Fn::GetStackOutput has Region "eu-west-1", and the local AWS has us-east-1 only: leave Region out',
        ],
      ])('is refused before anything is created: %#', async (template, reason) => {
        const stack = await cf.engine.createStack({ name: 'user', template });
        expect(lastEvents(stack)).toEqual([
          'CREATE_IN_PROGRESS user',
          'ROLLBACK_IN_PROGRESS user',
          'ROLLBACK_COMPLETE user',
        ]);
        expect(reasonOf(stack, 'user', 'ROLLBACK_IN_PROGRESS')).toBe(`${reason} Rollback requested by user.`);
      });

      test('of a stack that was deleted is refused', async () => {
        await cf.engine.deleteStack('source');
        const stack = await cf.engine.createStack({ name: 'user', template: reader() });
        expect(reasonOf(stack, 'user', 'ROLLBACK_IN_PROGRESS')).toContain(
          'Stack with id source does not exist',
        );
      });
    });

    test('have one name each', async () => {
      const stack = await cf.engine.createStack({ name: 'second', template: exporter('1') });
      expect(stack.status).toBe('ROLLBACK_COMPLETE');
      expect(reasonOf(stack, 'second', 'ROLLBACK_IN_PROGRESS')).toContain(
        'Export with name Shared is already exported by stack source.',
      );
    });
  });
});
