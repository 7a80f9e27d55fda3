/** The commands that few people run, in a file of the package that only they load (docs/decisions/0012). */
import { type CommandLine, type Verb } from './command-line';
import { look } from './input/look';
import { namePattern, seenStacks } from './input/stacks';
import { readText } from './input/read-text';
import { replayCommand } from './next-command';
import { onlyOperand } from './operand';
import { type Outcome } from './outcome';
import { Problem } from './problem';
import { recover } from './recover';
import { replay } from './replay/replay';
import { lineOf } from './text/line';
import { drift } from './verbs/drift';
import { driftFix } from './verbs/drift-fix';
import { iamPolicy } from './verbs/iam-policy';
import { migrate } from './verbs/migrate';
import { page } from './verbs/page';
import { planMigration } from './verbs/plan-migration';
import { policies } from './verbs/policies';
import { replayed } from './verbs/replay';
import { type Ways } from './ways';

export { askedIn } from '../access/explain/asked-in-error';
export { inViewOfError } from './verbs/refused-request';
export { said } from './verbs/said';

export async function runSeldom(
  verb: Exclude<Verb, 'help' | 'explain' | 'list' | 'doctor'>,
  commandLine: CommandLine,
  ways: Ways,
): Promise<Outcome> {
  const { operands } = commandLine;
  const { stdin, say, progress } = ways;
  switch (verb) {
    case 'policies':
      return policies(onlyOperand(commandLine));
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
    case 'migrate':
      if (operands.length > 0) throw new Problem('migrate takes no FILE: it changes a live cluster.');
      return migrate(commandLine, ways);
    case 'drift': {
      if (commandLine.live === undefined)
        throw new Problem('Name the cluster by --cluster: files do not tell what stacks declare.');
      const looked = await look(onlyOperand(commandLine), commandLine, stdin, progress);
      for (const note of looked.notes) say(lineOf(note));
      const isAsked = namePattern(commandLine.stack);
      const stacks = await seenStacks(commandLine.live, looked.cluster, isAsked);
      return commandLine.fix === 'none' ? drift(looked, stacks, isAsked) : driftFix(looked, stacks, isAsked);
    }
    case 'recover':
      return recover(onlyOperand(commandLine), commandLine, ways);
    case 'plan-migration': {
      const looked = await look(onlyOperand(commandLine), commandLine, stdin, progress);
      for (const note of looked.notes) say(lineOf(note));
      return planMigration(looked, commandLine);
    }
  }
}
