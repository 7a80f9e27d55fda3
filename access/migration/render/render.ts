/** A plan in the words of the tool that carries it out. Pure. */
import { type MigrationPlan } from '../migration-plan';
import { cloudFormation } from './cloudformation';
import { nativeCloudFormation } from './native-cloudformation';
import { commandLines } from './command-lines';
import { terraform } from './terraform';

export const TOOLS = ['cloudformation', 'cloudformation-native', 'cli', 'terraform'] as const;
export type Tool = (typeof TOOLS)[number];

/** `cluster`: its name; undefined where only files were looked at: then it is asked for. */
export type Render = (plan: MigrationPlan, cluster: string | undefined) => string;

const RENDERERS: Readonly<Record<Tool, Render>> = {
  cloudformation: cloudFormation,
  'cloudformation-native': nativeCloudFormation,
  cli: commandLines,
  terraform,
};

/** Ends with a line break. */
export function rendered(tool: Tool, plan: MigrationPlan, cluster?: string): string {
  return RENDERERS[tool](plan, cluster);
}
