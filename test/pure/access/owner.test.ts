import { describeOwner, isSameOwner } from '../../../access/owner';

const stack = (name: string): string => `arn:aws:cloudformation:us-east-1:1:stack/${name}/guid`;
const A = { stackId: stack('a'), logicalId: 'A' };

test('an owner is told by names that people know', () => {
  expect(
    describeOwner({ stackId: 'arn:aws:cloudformation:us-east-1:1:stack/my-app/guid', logicalId: 'Admin' }),
  ).toBe('Admin of stack my-app');
});

test('an owner without a stack ARN is told by what there is', () => {
  expect(describeOwner({ stackId: 'x', logicalId: 'Admin' })).toBe('Admin of stack x');
});

test('owners are the same by stack and by logical id', () => {
  expect(isSameOwner(A, { ...A })).toBe(true);
  expect(isSameOwner(A, { ...A, logicalId: 'C' })).toBe(false);
  expect(isSameOwner(A, { ...A, stackId: stack('b') })).toBe(false);
});
