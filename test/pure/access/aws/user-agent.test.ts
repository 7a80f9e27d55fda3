import { version } from '../../../../package.json';
import { userAgentOf } from '../../../../access/aws/user-agent';

const stackId =
  'arn:aws:cloudformation:us-east-1:111122223333:stack/app/51af3dc0-da77-11e4-872e-1234567db123';

test('names the version, the stack and the logical id (CR-52)', () => {
  expect(userAgentOf({ stackId, logicalId: 'DevAccess' })).toEqual([
    ['cfn-eks-access', version],
    ['md/stack', 'app'],
    ['md/resource', 'DevAccess'],
  ]);
});

test('without a stack it names the provider', () => {
  expect(userAgentOf()).toEqual([['cfn-eks-access', version]]);
});

test('an id that is none of CloudFormation’s is named as it is, and nothing is longer than it may be', () => {
  const pairs = userAgentOf({ stackId: 'x'.repeat(5_000), logicalId: 'y'.repeat(5_000) });
  expect(pairs.map(([name, value]) => [name, value?.slice(0, 1), value?.length])).toEqual([
    ['cfn-eks-access', '0', version.length],
    ['md/stack', 'x', 255],
    ['md/resource', 'y', 255],
  ]);
});
