/**
 * The app that people deploy (cdk/app.ts), with what the function needs where AWS is not AWS. It is added here so that
 * no template of the product carries a host that answers may go to.
 */
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { addStacks } from '../../../cdk/app';
import { EksAccessProvider } from '../../../cdk/index';

const app = new App();
addStacks(app);
const stack = app.node.findChild('EksAccessProvider') as Stack;
const provider = stack.node.findAll().find((node) => EksAccessProvider.isEksAccessProvider(node));
if (!provider) throw new Error('cdk/app.ts has no provider');
// Of sample 6 what ministack cannot run (docs/proof.md): a function that answers CloudFormation by the module `cfn-response`.
const newCluster = app.node.tryFindChild('EksAccessNewCluster');
for (const name of ['WhoAmI', 'CallerUserName', 'CallerGroups']) newCluster?.node.tryRemoveChild(name);
const environment = JSON.parse(process.env['CDK_CLI_FUNCTION_ENVIRONMENT'] ?? '{}') as Record<string, string>;
for (const [name, value] of Object.entries(environment))
  (provider.function as LambdaFunction).addEnvironment(name, value);
const { directory } = app.synth();

// Another bundle than the built one: how a break of the product is shown to be seen (docs/proof.md).
const bundle = process.env['CFN_EKS_ACCESS_BUNDLE'] ?? '';
if (bundle !== '') {
  const [asset] = readdirSync(directory).filter((name) => /^asset\.[0-9a-f]{64}$/.test(name));
  if (asset === undefined) throw new Error('the app has no asset');
  copyFileSync(bundle, join(directory, asset, 'index.js'));
}
