/** Export names are unique in an account and Region: two providers of one name could not both be deployed. */
import { Stack, Token } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';
import { environmentOf } from './one-principal';

/** Of each App: which provider exports what. */
const exported = new WeakMap<IConstruct, Map<string, string>>();

/** Throws where another provider of the App has the export name in the same environment. */
export function refuseSecondExport(provider: Construct, exportName: string): void {
  if (Token.isUnresolved(exportName)) return;
  const { root, path } = provider.node;
  const others = exported.get(root) ?? new Map<string, string>();
  exported.set(root, others);
  const key = [environmentOf(provider, Stack.of(provider)), exportName].join('\n');
  const other = others.get(key);
  if (other !== undefined) {
    throw new Error(
      `${path}: ${other} exports its service token as ${JSON.stringify(exportName)} in the same account and Region, where a name can be exported once: use that provider, or give this one another exportName`,
    );
  }
  others.set(key, path);
}

/** Throws for what no export is called: CloudFormation would look for it in vain. */
export function checkExportName(exportName: string): void {
  if (Token.isUnresolved(exportName) || /^[A-Za-z0-9:-]+$/.test(exportName)) return;
  throw new Error(
    `exportName is ${JSON.stringify(exportName)}: the name of an export has letters, digits, colons and hyphens`,
  );
}
