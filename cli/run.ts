/** One command line from what was typed to what is printed. This file and `run-seldom.ts` know all commands. */
import { type CommandLine, type Verb } from './command-line';
import { look } from './input/look';
import { readText } from './input/read-text';
import { onlyOperand } from './operand';
import { type Outcome } from './outcome';
import { whoAmI } from './input/who-am-i';
import { Problem } from './problem';
import { lineOf } from './text/line';
import { doctor } from './verbs/doctor';
import { explain } from './verbs/explain';
import { fix } from './verbs/fix';
import { help } from './verbs/help';
import { list } from './verbs/list';
import { type Ways } from './ways';

export async function run(commandLine: CommandLine & { readonly verb: Verb }, ways: Ways): Promise<Outcome> {
  const { verb } = commandLine;
  switch (verb) {
    case 'help': {
      const operand = onlyOperand(commandLine);
      const named = operand === '-' ? (await readText('-', ways.stdin)).text : operand;
      // Names of rules are small letters and dashes: anything else is an error text.
      return named !== undefined && /[\sA-Z]/.test(named) ? (await seldom()).said(named) : help(named);
    }
    case 'explain':
      return explained(commandLine, ways);
    case 'list':
    case 'doctor': {
      const looked = await look(onlyOperand(commandLine), commandLine, ways.stdin, ways.progress);
      for (const note of looked.notes) ways.say(lineOf(note));
      if (verb === 'list') return list(looked);
      return commandLine.fix === 'none' ? doctor(looked, commandLine) : fix(looked, commandLine);
    }
    default: {
      return (await seldom()).runSeldom(verb, commandLine, ways);
    }
  }
}

function seldom() {
  return import('./run-seldom');
}

async function explained(commandLine: CommandLine, { stdin, say, progress }: Ways): Promise<Outcome> {
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
  const question = isPasted ? (await readText('-', stdin)).text : asked;
  const isUserName = /^(?!arn:|.*(?:role|user)\/)[^\s"':]+:[^\s"']+$/i.test(question.trim());
  if (!/\s/.test(question.trim()) && !isUserName) return explain(question, looked);
  // An error, which may name the caller: what it means comes before what the entries say of that caller.
  const { askedIn, inViewOfError, said } = await seldom();
  const text = isUserName ? `User "${question.trim()}"` : question;
  const { meaning, caller } = askedIn(text, looked.cluster);
  if (meaning === undefined) return explain(caller ?? question, looked);
  if (caller === undefined) return said(text, 2);
  say(lineOf(meaning));
  return explain(caller, looked, (explanation) => inViewOfError(question, explanation));
}
