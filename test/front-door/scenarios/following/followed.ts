/** A cluster that moves, stacks that nobody touches, and the provider's own schedule. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { type Stack } from '../../../../local/aws/cloudformation/stack/stack';
import { deployProvider } from '../../../../local/demo/provider';
import { type ProviderTemplateOptions, scheduleName } from '../../../../local/demo/provider-template';
import { demonstrationAwsAuth, startSession, type Session } from '../../../../local/demo/session';
import { deploy, failuresOf, resource } from '../whole-stacks';

export const PROVIDER = 'eks-access-provider';
export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

export interface Line {
  readonly level: string;
  readonly message: string;
  readonly cluster?: string;
  readonly logicalResourceId?: string;
  readonly reason?: string;
  readonly [field: string]: unknown;
}

export interface Followed {
  readonly session: Session;
  /** Fires the schedule, and gives what this run has logged. */
  run(): Promise<readonly Line[]>;
  /** What a role logs in as; undefined: not at all. */
  login(name: string): { readonly username: string; readonly source: string } | undefined;
  mapRoles(): string;
  owners(): Readonly<Record<string, unknown>> | undefined;
  stop(): Promise<void>;
}

export async function given(
  mode: AuthenticationMode = 'CONFIG_MAP',
  options: ProviderTemplateOptions = {},
): Promise<Followed> {
  const session = await startSession({ clock: new SkippingClock(), mode, awsAuth: demonstrationAwsAuth() });
  if (Object.keys(options).length > 0)
    await deployProvider(session.aws, { functionName: PROVIDER, ...options });
  return followed(session);
}

/** Any session, as one whose schedule is looked at. */
export function followed(session: Session): Followed {
  const { aws, cluster } = session;
  return {
    session,
    run: async () => {
      const before = aws.lambda.logs().length;
      const result = await aws.scheduler.fire(scheduleName(PROVIDER));
      if (result.status !== 'success') throw new Error(`the run failed: ${JSON.stringify(result)}`);
      return linesOf(
        aws.lambda
          .logs()
          .slice(before)
          .map(({ text }) => text),
      );
    },
    login: (name) => cluster.loginAs(role(name)),
    mapRoles: () => cluster.configMap()?.data?.['mapRoles'] ?? '',
    owners: () => {
      const text = cluster.configMap()?.metadata.annotations?.['cfn-eks-access/owners'];
      return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
    },
    stop: () => aws.stop(),
  };
}

function linesOf(texts: readonly string[]): readonly Line[] {
  return texts
    .join('')
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Line);
}

/** A stack of one mapping each, by logical id; fails when the stack does. */
export async function map(
  { session }: { readonly session: Pick<Session, 'aws'> },
  name: string,
  resources: Readonly<Record<string, object>>,
): Promise<Stack> {
  const stack = await deploy(session, name, resources);
  if (failuresOf(stack) !== '') throw new Error(failuresOf(stack));
  return stack;
}

export const mapping = (name: string, more: object = {}): object => resource(role(name), more);

/** The provider's way into a cluster that no longer reads aws-auth. */
export function letProviderIn({ session }: Pick<Followed, 'session'>): void {
  session.cluster.putAccessEntry({
    principalArn: role(PROVIDER),
    kubernetesGroups: ['cfn-eks-access'],
  });
}
