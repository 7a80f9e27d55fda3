/** GT-107: which clusters have no access entries. */
import { noAccessEntries } from '../../../../access/authentication-mode/platform';

const on = (version: string, platformVersion: string, isOnOutpost = false): string | undefined =>
  noAccessEntries({ version, platformVersion, isOnOutpost });

test.each([
  ['1.23', 17],
  ['1.24', 15],
  ['1.25', 12],
  ['1.26', 11],
  ['1.27', 10],
  ['1.28', 6],
  ['1.29', 1],
  ['1.30', 2],
] as const)('%s has them from eks.%d on', (version, least) => {
  expect(on(version, `eks.${least}`)).toBeUndefined();
  expect(on(version, `eks.${least + 20}`)).toBeUndefined();
  expect(on(version, `eks.${least - 1}`)).toBe(
    `has platform version eks.${least - 1}, and Kubernetes ${version} has access entries from eks.${least} on: EKS updates platform versions by itself, and a new version of Kubernetes brings its latest`,
  );
});

test('older ones never, later ones always, and of what is not known EKS decides', () => {
  expect(on('1.22', 'eks.99')).toMatch(/^has Kubernetes 1\.22, which has no access entries/);
  for (const [version, platform] of [
    ['1.31', 'eks.1'],
    ['1.34', 'eks.1'],
    ['2.0', 'eks.1'],
    ['', ''],
    ['1.28', 'eks-new.1'],
  ] as const)
    expect(on(version, platform)).toBeUndefined();
});

test('a local cluster on an Outpost never', () => {
  expect(on('1.34', 'eks-local-outposts.1', true)).toMatch(/^is a local cluster on an Outpost/);
});
