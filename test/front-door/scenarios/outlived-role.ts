/** A provider that looks for roles that were made again, a mapping of role foo, and foo made again. */
import { ENVIRONMENT, TAGS } from '../../../access/contract';
import { type ProviderTemplateOptions } from '../../../local/demo/provider-template';
import { type Followed, given, type Line, map, mapping, role } from './following/followed';

export const POLICY = { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } };
export const MADE_AGAIN = 'the access entry is there again, for the role that has the name now';
export const NOT_MADE_AGAIN = 'the access entry was not made again';

/** `value` of healRecreatedRoles. */
export const switchedTo = (value: string): ProviderTemplateOptions => ({
  environment: { [ENVIRONMENT.healRecreatedRoles]: value },
});

export async function mapped(value: string): Promise<Followed> {
  const world = await given('API', switchedTo(value));
  world.session.aws.iam.addPrincipal(role('foo'));
  await runAgain(world, '1');
  expect(world.login('foo')).toMatchObject({ username: 'x' });
  return world;
}

export async function runAgain(world: Followed, revision = '2'): Promise<void> {
  await map(world, 'app', { A: mapping('foo', { AccessPolicies: [POLICY], Revision: revision }) });
}

/** The entry is a minute old, and the role is made again now. */
export function makeAgain({ session: { aws, cluster } }: Followed, arn = role('foo'), again = arn): void {
  cluster.ageAccessEntry(arn, 60_000);
  aws.iam.removePrincipal(arn);
  aws.iam.addPrincipal(again);
}

export const entryOf = ({ session }: Followed) => session.cluster.accessEntry(role('foo'));

/** All that can be said of an entry: EKS gives a new one an ARN of its own, and a write its date. */
export function contentOf(world: Followed) {
  const { tags = {}, ...view } = entryOf(world) ?? {};
  return { ...view, accessEntryArn: '', tags: { ...tags, [TAGS.at]: '' } as Record<string, string> };
}

export const told = (lines: readonly Line[], message: string): readonly Line[] =>
  lines.filter((line) => line.message === message);
