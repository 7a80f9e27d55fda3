/** Whether CloudFormation still wants a change of the mode, by what the event asks and what the resource is (CR-28). */
import { type StackResource } from '../../../../access/stacks';
import { refuseUnwanted } from '../../../../lambda/authentication-mode/wanted';

const ID = 'authentication-mode|prod';
const known = (status: string, physicalId: string | undefined = ID): StackResource => ({
  state: 'known',
  status,
  physicalId,
});
const asked = (
  requestType: 'Create' | 'Update',
  physicalResourceId: string | undefined,
  resource: StackResource,
) =>
  refuseUnwanted(
    { owner: { stackId: 's', logicalId: 'l' } } as never,
    { stacks: { resource: async () => resource } } as never,
    { requestType, physicalResourceId } as never,
    ID,
  );

test.each<['Create' | 'Update', string | undefined, StackResource]>([
  ['Create', undefined, known('CREATE_IN_PROGRESS', undefined)],
  ['Update', ID, known('UPDATE_IN_PROGRESS')],
  ['Update', 'authentication-mode|other', known('UPDATE_IN_PROGRESS', 'authentication-mode|other')],
  ['Update', ID, { state: 'unknown', detail: 'denied' }],
])('%s of %j is wanted where the resource is %j', async (type, id, resource) => {
  await expect(asked(type, id, resource)).resolves.toBeUndefined();
});

test.each<['Create' | 'Update', string | undefined, StackResource, string]>([
  ['Create', undefined, known('DELETE_IN_PROGRESS'), 'the resource is DELETE_IN_PROGRESS'],
  ['Create', undefined, known('UPDATE_IN_PROGRESS'), 'the resource is UPDATE_IN_PROGRESS'],
  ['Update', ID, known('UPDATE_COMPLETE'), 'the resource is UPDATE_COMPLETE'],
  ['Update', 'authentication-mode|other', known('UPDATE_FAILED'), 'the resource is UPDATE_FAILED'],
  ['Update', ID, { state: 'gone', detail: 'no such stack' }, 'no such stack'],
])('%s of %j is not where the resource is %j', async (type, id, resource, detail) => {
  await expect(asked(type, id, resource)).rejects.toThrow(detail);
});
