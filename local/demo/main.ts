/** `npm start`: runs a template, or the demonstration, on a local AWS and shows what changes in the cluster. */
import { basename, join } from 'node:path';
import { ProviderError } from '../../access/errors';
import { type AuthenticationMode } from '../../access/desired-access';
import { parseGuardrails } from '../../access/guardrails/guardrails';
import { MODES, parseCommandLine, UsageError, type Choices } from './command-line';
import { readConfigMapFile } from './config-map-file';
import { reportFailure } from './failure';
import { START_HELP } from './help';
import { readInput } from './input-file';
import { inColour, plain, stepReport, stepReportAsJson } from './step-report';
import { demonstrationAwsAuth, startSession, type Session, type Step } from './session';
import { type TemplateFile } from './template-file';

// What the SDK has to say of Node.js is no business of who tries a template.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const DEMONSTRATION = join(__dirname, 'lambda-app.yaml');

async function main(words: readonly string[]): Promise<number> {
  const choices = parseCommandLine(words);
  if (choices.help) return print(choices.json ? JSON.stringify({ help: START_HELP }) : START_HELP);
  const templates = choices.templates.map(readTemplate);
  const session = await startSession({
    mode: choices.mode,
    awsAuth:
      choices.awsAuth === undefined
        ? demonstrationAwsAuth(choices.region)
        : readConfigMapFile(choices.awsAuth, readInput(choices.awsAuth)),
    ...(choices.guardrails === undefined ? {} : { guardrails: readGuardrails(choices.guardrails) }),
    clusterRoles: choices.clusterRoles,
    region: choices.region,
    cluster: choices.cluster,
    ssm: choices.ssm,
    exports: choices.exports,
  });
  const stop = (): void => void session.aws.stop().then(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const paint = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? inColour : plain;
    if (!choices.json) {
      const { accountId, region } = session.aws;
      print(
        `cluster ${choices.cluster}, authentication mode ${choices.mode}, account ${accountId}, region ${region}`,
      );
      print(`the provider reaches it ${session.access}\n`);
    }
    const show = (step: Step): Step => {
      print(choices.json ? stepReportAsJson(step) : stepReport(step, paint));
      return step;
    };
    if (choices.follow && templates.length === 0) templates.push(readTemplate(DEMONSTRATION));
    return templates.length === 0
      ? await demonstrate(session, show)
      : await runTemplates(session, templates, choices, show);
  } finally {
    await session.aws.stop();
  }
}

async function demonstrate(session: Session, show: (step: Step) => Step): Promise<number> {
  const template = readTemplate(DEMONSTRATION);
  const name = 'lambda-app';
  const created = show(await session.create(name, template, {}));
  if (created.status !== 'CREATE_COMPLETE') {
    show(await session.remove(name));
    return 1;
  }
  const changed = { UserName: 'lambdabar', Groups: 'payments:deployers,search:viewers' };
  const updated = show(await session.update(name, template, changed));
  const broken = show(
    await session.update(name, template, {
      UserName: 'lambdabaz',
      Groups: 'system:masters',
      WithMistake: 'yes',
    }),
  );
  const removed = show(await session.remove(name));
  const wanted = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE'];
  return [created, updated, broken, removed].every((step, index) => step.status === wanted[index]) ? 0 : 1;
}

async function runTemplates(
  session: Session,
  [first, ...updates]: readonly TemplateFile[],
  { parameters, follow, mode }: Choices,
  show: (step: Step) => Step,
): Promise<number> {
  if (!first) return 0;
  const name =
    basename(first.name)
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9-]/g, '-')
      .replace(/^[^A-Za-z]+/, '') || 'stack';
  const steps = [show(await session.create(name, first, parameters))];
  if (steps[0]?.status === 'CREATE_COMPLETE') {
    for (const template of updates) steps.push(show(await session.update(name, template, parameters)));
  }
  if (follow) for (const next of modesAfter(mode)) steps.push(show(await session.moveTo(next)));
  steps.push(show(await session.remove(name)));
  return steps.every(({ status }) => /^((CREATE|UPDATE|DELETE)_COMPLETE|FOLLOWED)$/.test(status)) ? 0 : 1;
}

/** The modes that the cluster can go to, in their order: one way, one step at a time (GT-104). */
function modesAfter(mode: AuthenticationMode): readonly AuthenticationMode[] {
  return MODES.slice(MODES.indexOf(mode) + 1);
}

function readTemplate(path: string): TemplateFile {
  return { name: path, text: readInput(path) };
}

function readGuardrails(path: string): object {
  try {
    return parseGuardrails(readInput(path));
  } catch (error) {
    if (error instanceof ProviderError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}

function print(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

const words = process.argv.slice(2);
main(words).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => reportFailure(words, error),
);
