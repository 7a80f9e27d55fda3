/**
 * `docs/security.md` with the policy that the default guardrails make, as the construct synthesises it (CO-42).
 * `npm run generate` writes it; a test fails when the page is not what this makes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { EksAccessProvider } from '../cdk/provider';

const page = join(__dirname, '../docs/security.md');

/** The page with the text between its two marks made anew. */
export function securityPage(): string {
  const [before = '', rest = ''] = readFileSync(page, 'utf8').split('<!-- policy -->');
  const after = rest.split('<!-- /policy -->')[1] ?? '';
  return `${before}<!-- policy -->\n\n\`\`\`json\n${defaultPolicy()}\n\`\`\`\n\n<!-- /policy -->${after}`;
}

/** The documents of the role's managed policies, with the intrinsic functions written as `${short names}`. */
function defaultPolicy(): string {
  const app = new App();
  const stack = new Stack(app, 'Provider');
  new EksAccessProvider(stack, 'EksAccess');
  const template = app.synth().getStackByName('Provider').template as {
    Resources: Record<string, { Type: string; Properties: { PolicyDocument?: unknown } }>;
  };
  const documents = Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy')
    .map(({ Properties }) => Properties.PolicyDocument);
  return JSON.stringify(documents, replaceIntrinsics, 2);
}

function replaceIntrinsics(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: ref, 'Fn::Join': join, 'Fn::GetAtt': attribute } = value as Record<string, unknown>;
  if (typeof ref === 'string') return `\${${ref}}`;
  if (Array.isArray(attribute)) return `\${${attribute.join('.')}}`;
  if (!Array.isArray(join)) return value;
  const [separator, parts] = join as [string, unknown[]];
  return parts.map((part) => replaceIntrinsics('', part)).join(separator);
}

if (require.main === module) writeFileSync(page, securityPage());
