/**
 * The last section of `docs/runbook.md`: every text that a stack event can have, by who has to act and how. `npm run
 * generate` writes it; a test looks for each text of the source in the page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorText, errorTexts } from './error-texts';

const root = join(__dirname, '..');
const page = join(root, 'docs/runbook.md');

interface Group {
  readonly title: string;
  /** Of the files whose texts are its own; the first group that fits has them. */
  readonly files: RegExp;
  /** Who acts, and how. Markdown. */
  readonly advice: string;
}

export const GROUPS: readonly Group[] = [
  {
    title: 'The guardrails, and clusterRoles of the provider',
    files: /^access\/guardrails\//,
    advice:
      'The template asks for more than the provider gives, or what its owner has set cannot be read: [guardrails](#a-stack-event-names-eks_access_guardrails), [roles of clusters](#the-function-cannot-assume-the-role-of-a-cluster).',
  },
  {
    title: 'The entry has another owner, or a record cannot be kept',
    files:
      /^access\/(ownership|owner|record-json|(aws-auth|access-entry)\/(claim|claim-record|release|owner-tags?|owners-annotation)\b)/,
    advice:
      'Another stack, a person or another tool has mapped the principal. The text names whom, where it is known: [who changed this entry](#who-changed-this-entry-and-when). The stack author decides by `ExistingEntry`; taking an entry over needs the guardrail `allowTakeover`.',
  },
  {
    title: 'The change of the authentication mode',
    files: /^(lambda|access)\/authentication-mode\//,
    advice:
      'About `Custom::EksAuthenticationMode`: [the mode as a resource](moving-a-cluster.md#the-mode-as-a-resource), [a change that does not end](#a-change-of-the-authentication-mode-does-not-end).',
  },
  {
    title: 'What the schedule leaves as it is',
    files: /^(lambda\/scheduled|access\/following)\//,
    advice:
      'These are in the log of the provider, as the reason of what a run did not move: [moving a cluster](moving-a-cluster.md). No access is lost by them.',
  },
  {
    title: 'The ConfigMap aws-auth and the Kubernetes API',
    files: /^access\/(aws-auth\/(?!translate)|cluster\/kubernetes)/,
    advice:
      'Somewhere between the provider and aws-auth: its [rights](#a-stack-event-names-samplesprovider-rbacyaml), its way to the API server, or [the text of aws-auth](#aws-auth-is-broken). Nothing was changed unless the text says so.',
  },
  {
    title: 'The role as which a cluster is reached',
    files: /^access\/cluster\/cluster-role/,
    advice: '[What to look at, in which order](#the-function-cannot-assume-the-role-of-a-cluster).',
  },
  {
    title: 'EKS',
    files:
      /^(access\/(aws\/(eks|sdk)|cluster\/cluster\.|access-entry\/(apply|undo|put|remove|retry-policy|store)\.)|lambda\/cluster\/cluster-state)/,
    advice:
      'What EKS refused or did not do, with its request id for AWS Support. Where the text says so, run the stack operation again.',
  },
  {
    title: 'IAM, and permission sets',
    files: /^(access\/(aws\/(iam|permission)|permission-set)|lambda\/role\/)/,
    advice:
      'What IAM does not tell the provider, or tells of a [permission set](permission-sets.md). The owner of the provider gives the right that is missing.',
  },
  {
    title: 'The request, the answer and the provider itself',
    files:
      /^(access\/(errors|late-event|retry|http-exchange|aws\/credentials)|lambda\/(?!cloudformation\/)|lambda\/cloudformation\/(event|answer-url|deadline|response|trust|send|stacks)\.)/,
    advice:
      'About the event and not about what it asks for. [A stack waits](#a-stack-waits-and-nothing-happens) says how to find the event in the log by its RequestId; what CloudFormation no longer waits for changes nothing.',
  },
  {
    title: 'Properties of the template',
    files: /^(lambda\/cloudformation|access)\//,
    advice:
      'The stack author changes the property that the text names, as it says, and deploys again; [the reference](reference/) has all properties. Nothing was changed.',
  },
];

/** The page with the index as it is now. Pure. */
export function withErrorIndex(text: string, texts: readonly ErrorText[]): string {
  const [before = '', rest = ''] = text.split('<!-- errors -->');
  const [, after = ''] = rest.split('<!-- /errors -->');
  const groups = [...GROUPS].reverse().map((group) => ({
    ...group,
    texts: texts.filter(({ file }) => groupOf(file) === group).map((each) => each.text),
  }));
  const shown = groups.flatMap(({ title, advice, texts: own }) => [
    `### ${title}`,
    advice,
    own
      .map((each) => `- ${inCode(each)}`)
      .sort()
      .join('\n'),
  ]);
  return `${before}<!-- errors -->\n\n${shown.join('\n\n')}\n\n<!-- /errors -->${after}`;
}

export function groupOf(file: string): Group | undefined {
  return GROUPS.find(({ files }) => files.test(file));
}

/** A text as the page has it: without the blanks and signs that join it to others. */
export function inCode(text: string): string {
  const trimmed = text.replace(/^[\s,;:]+|[\s,;:]+$/g, '').replaceAll('\n', ' ');
  return trimmed.includes('`') ? `\`\` ${trimmed} \`\`` : `\`${trimmed}\``;
}

if (require.main === module)
  writeFileSync(page, withErrorIndex(readFileSync(page, 'utf8'), errorTexts(root)));
