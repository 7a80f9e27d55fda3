/** Deploys the built provider function into the local AWS, as its own stack would in a real account. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type LocalAws } from '../aws/local-aws';
import { providerTemplate, type ProviderTemplateOptions } from './provider-template';

export interface ProviderOptions extends ProviderTemplateOptions {
  /** Also the name of the role and of the stack. Default eks-access-provider. */
  readonly functionName?: string;
  /** Default dist/lambda/index.js. */
  readonly bundle?: string;
  /** Another Node to run the function with. */
  readonly nodePath?: string;
  /**
   * Clusters that are made, in mode CONFIG_MAP and with the node mapping alone, with the provider's role as their
   * creator; one that exists must have access entries and gets an administrator's entry for the role.
   */
  readonly creatorOf?: readonly string[];
}

export interface DeployedProvider {
  readonly serviceToken: string;
  readonly roleArn: string;
  readonly functionName: string;
}

const DEFAULT_NAME = 'eks-access-provider';

/**
 * Deploys the provider in a stack of its own, or updates that stack. Throws when the function is not built yet or the
 * stack fails.
 */
export async function deployProvider(
  aws: LocalAws,
  options: ProviderOptions = {},
): Promise<DeployedProvider> {
  const { cloudformation, lambda } = aws;
  const { functionName = DEFAULT_NAME } = options;
  const bundle = resolve(options.bundle ?? join(__dirname, '..', '..', 'dist', 'lambda', 'index.js'));
  if (!existsSync(bundle)) throw new Error(`there is no ${bundle}: build it first with npm run build:lambda`);
  const template = JSON.stringify(
    providerTemplate(options, functionName, bundle, aws.endpoints.answerBucket),
  );
  const existing = cloudformation.stack(functionName);
  const request = { name: functionName, template, templateName: functionName };
  const stack = existing
    ? await cloudformation.updateStack(request)
    : await cloudformation.createStack(request);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) {
    const failed = stack.events.find(({ status }) => status.endsWith('_FAILED'));
    throw new Error(
      `the provider stack came to ${stack.status}: ${failed?.reason ?? stack.reason ?? 'no reason'}`,
    );
  }
  const serviceToken = stack.outputValues['ServiceToken'] ?? '';
  const roleArn = stack.outputValues['RoleArn'] ?? '';
  const registered = lambda.function(serviceToken);
  if (registered && options.nodePath !== undefined)
    lambda.register({ ...registered, nodePath: options.nodePath });
  for (const name of options.creatorOf ?? []) await grantCluster(aws, name, roleArn);
  return { serviceToken, roleArn, functionName };
}

async function grantCluster({ controlPlane }: LocalAws, name: string, roleArn: string): Promise<void> {
  const existing = controlPlane.clusters().find((cluster) => cluster.name === name);
  if (!existing)
    return void (await controlPlane.createCluster({
      name,
      authenticationMode: 'CONFIG_MAP',
      creatorArn: roleArn,
    }));
  if (existing.authenticationMode === 'CONFIG_MAP') {
    throw new Error(
      `the cluster ${name} exists and has no access entries: create it with creatorArn ${roleArn}`,
    );
  }
  existing.putAccessEntry({ principalArn: roleArn, policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }] });
}
