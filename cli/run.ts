/** One command line from what was typed to what is printed. The only file that knows all commands. */
import { type CommandLine, type Verb } from './command-line';
import { look } from './input/look';
import { namePattern, seenStacks } from './input/stacks';
import { readText, type Stdin } from './input/read-text';
import { replayCommand } from './next-command';
import { type Outcome } from './outcome';
import { whoAmI } from './input/who-am-i';
import { Problem } from './problem';
import { recover } from './recover';
import { lineOf, type Line } from './text/line';
import { doctor } from './verbs/doctor';
import { drift } from './verbs/drift';
import { driftFix } from './verbs/drift-fix';
import { explain } from './verbs/explain';
import { fix } from './verbs/fix';
import { help } from './verbs/help';
import { iamPolicy } from './verbs/iam-policy';
import { list } from './verbs/list';
import { migrate } from './verbs/migrate';
import { page } from './verbs/page';
import { planMigration } from './verbs/plan-migration';
import { policies } from './verbs/policies';
import { replayed } from './verbs/replay';
import { replay } from './replay/replay';

/** `say`: for stderr, at once; `progress`: the same where people wait for it; `emit`: a line of JSON for stdout, at once. */
export async function run(
  commandLine: CommandLine & { readonly verb: Verb },
  stdin: Stdin,
  say: (line: Line) => void,
  progress: (text: string) => void,
  emit: (json: object) => void,
): Promise<Outcome> {
  const { verb, operands } = commandLine;
  const at = (index: number): string | undefined => {
    if (operands.length > index + 1)
      throw new Problem(`${verb} takes no ${JSON.stringify(operands[index + 1])}.`, 'See eks-access help.');
    return operands[index];
  };
  switch (verb) {
    case 'help':
      return help(at(0));
    case 'policies':
      return policies(at(0));
    case 'iam-policy': {
      const { iamPolicy: options, format } = commandLine;
      if (options === undefined || operands.length > 0)
        throw new Problem(`${verb} takes options alone.`, 'See eks-access help.');
      return iamPolicy(await readText(options.guardrails, stdin), options, format);
    }
    case 'page':
      return page(operands[0]);
    case 'replay': {
      const { replay: options } = commandLine;
      if (options === undefined || operands.length > 0)
        throw new Problem(`${verb} takes options alone.`, 'See eks-access help.');
      return replayed(await replay(options, progress), replayCommand(options));
    }
    case 'explain':
      return explained(commandLine, stdin, say, progress);
    case 'migrate':
      if (operands.length > 0) throw new Problem('migrate takes no FILE: it changes a live cluster.');
      return migrate(commandLine, { say, progress, emit });
    case 'drift': {
      if (commandLine.live === undefined)
        throw new Problem('Name the cluster by --cluster: files do not tell what stacks declare.');
      const looked = await look(at(0), commandLine, stdin, progress);
      for (const note of looked.notes) say(lineOf(note));
      const isAsked = namePattern(commandLine.stack);
      const stacks = await seenStacks(commandLine.live, looked.cluster, isAsked);
      return commandLine.fix === 'none' ? drift(looked, stacks, isAsked) : driftFix(looked, stacks, isAsked);
    }
    case 'recover':
      return recover(at(0), commandLine, { stdin, say, progress });
    case 'list':
    case 'doctor':
    case 'plan-migration': {
      const looked = await look(at(0), commandLine, stdin, progress);
      for (const note of looked.notes) say(lineOf(note));
      if (verb === 'list') return list(looked);
      if (verb === 'plan-migration') return planMigration(looked, commandLine);
      return commandLine.fix === 'none' ? doctor(looked, commandLine) : fix(looked, commandLine);
    }
  }
}

async function explained(
  commandLine: CommandLine,
  stdin: Stdin,
  say: (line: Line) => void,
  progress: (text: string) => void,
): Promise<Outcome> {
  const { operands, me, live, accessEntries } = commandLine;
  const [asked, file, excess] = me === undefined ? operands : ['--me', ...operands];
  if (excess !== undefined)
    throw new Problem(`explain takes no ${JSON.stringify(excess)}.`, 'See eks-access help.');
  if (asked === undefined)
    throw new Problem('Say whom to explain: an ARN, role/NAME, user/NAME or --me.', 'See eks-access help.');
  const isPasted = asked === '-';
  if (isPasted && file === undefined && accessEntries === undefined && live === undefined)
    throw new Problem('The principal comes from stdin: name the file with aws-auth after the -.');
  const looked = await look(file, commandLine, stdin, progress, isPasted);
  for (const note of looked.notes) say(lineOf(note));
  if (me !== undefined) return explain(await whoAmI(me), looked);
  return explain(isPasted ? (await readText('-', stdin)).text : asked, looked);
}
