/** What the documents show of constructs: each block compiles against them with all checks of TypeScript, and synthesises to what the page says. */
import './fast-synth';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { App, aws_eks as eks, aws_iam as iam, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import ts from 'typescript';
import * as constructs from '../../cdk/index';

const root = join(__dirname, '../..');
const blocks = ['README.md', 'docs/permission-sets.md'].flatMap((path) => {
  const found = [...readFileSync(join(root, path), 'utf8').matchAll(/^```ts\n(.*?)^```/gms)];
  return found.map(([, code = ''], index) => ({ name: `${path}, ${index + 1}`, code }));
});
const IMPORT = /^import \{ (.*) \} from 'cfn-eks-access';\n/m;

/** As in the constructor of a user's stack, which has what the pages take as given. */
const source = [
  "import { type aws_eks as eks, aws_iam as iam, type aws_lambda as lambda, type Stack } from 'aws-cdk-lib';",
  `import { ${[...new Set(blocks.flatMap(({ code }) => (IMPORT.exec(code)?.[1] ?? '').split(', ')))].filter(Boolean).join(', ')} } from 'cfn-eks-access';`,
  'interface Given { cluster: eks.Cluster; role: iam.Role; deployFunction: lambda.Function; provider: EksAccessProvider }',
  ...blocks.map(
    ({ code }, index) =>
      `export function block${index}(this: Stack, { cluster, role, deployFunction, provider }: Given) {\n  { ${code.replace(IMPORT, '')} }\n  void [cluster, role, deployFunction, provider];\n}`,
  ),
].join('\n');
const FILE = join(root, 'test/constructs/shown-in-documents.ts');

test('they are all there, and compile', () => {
  expect(blocks.map(({ name }) => name)).toEqual([
    'README.md, 1',
    'README.md, 2',
    'README.md, 3',
    'README.md, 4',
    'docs/permission-sets.md, 1',
  ]);
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    readonly config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (file) => file === FILE || files.fileExists(file),
    getSourceFile: (file, ...rest) =>
      file === FILE
        ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022)
        : files.getSourceFile(file, ...rest),
  };
  const program = ts.createProgram([FILE], options, host);
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(FILE));
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
}, 120_000);

type Act = (this: Stack, given: object) => void;

function synthesised(index: number): Template {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, Act> = {};
  const modules: Readonly<Record<string, unknown>> = { 'aws-cdk-lib': cdk, 'cfn-eks-access': constructs };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function('exports', 'require', outputText) as (
    exports: object,
    require: (name: string) => unknown,
  ) => void;
  run(exported, (name) => modules[name]);
  const stack = new Stack(new App(), 'stack');
  const runtime = lambda.Runtime.NODEJS_22_X;
  exported[`block${index}`]?.call(stack, {
    cluster: new eks.Cluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.V1_32,
      defaultCapacity: 0,
      clusterName: 'prod',
      authenticationMode: eks.AuthenticationMode.API_AND_CONFIG_MAP,
      kubectlLayer: new lambda.LayerVersion(stack, 'Kubectl', { code: lambda.Code.fromAsset(__dirname) }),
    }),
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
    deployFunction: new lambda.Function(stack, 'Deploy', {
      runtime,
      handler: 'index.handler',
      code: lambda.Code.fromInline('x'),
    }),
    provider: constructs.EksAccessProvider.fromExport(stack, 'Given'),
  });
  return Template.fromStack(stack);
}

test.each([
  [0, 'Custom::EksMapRolesEntry', { ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' }, UserName: 'lambdafoo', Groups: ['team-a'] }],
  [1, 'Custom::EksMapRolesEntry', { Groups: ['team-a'] }],
  [1, 'AWS::EKS::AccessEntry', { KubernetesGroups: ['cfn-eks-access'] }],
  [2, 'AWS::EKS::AccessEntry', { PrincipalArn: { 'Fn::ImportValue': 'EksAccessServiceToken-RoleArn' } }],
  [4, 'Custom::EksMapRolesEntry', { PermissionSet: 'AdministratorAccess', Groups: ['platform-admins'] }],
])('block %i makes %s', (index, type, properties) => {
  synthesised(index).hasResourceProperties(type, properties);
}); // prettier-ignore

test('the provider of the fourth prints what the trust policy of the role needs', () => {
  const outputs = Object.values(synthesised(3).findOutputs('*'));
  expect(outputs.map(({ Description: text }) => text as string)).toContain(
    'Statement for the trust policy of the role that reaches prod',
  );
});
