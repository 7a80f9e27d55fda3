/** `eks-access`: what the process has (arguments, streams, environment) to a command, and its outcome to the streams. */
import { appendFileSync } from 'node:fs';
import { readCommandLine, type CommandLine, type Format } from './command-line';
import { type Stdin } from './input/read-text';
import { type Outcome } from './outcome';
import { Outlet } from './outlet';
import { pagerFor, showInPager } from './pager';
import { type Problem } from './problem';
import { run } from './run';
import { type Line, lineOf, rendered, type Terminal } from './text/line';
import { shown, shownJson } from './text/shown';
import { wantsJson } from './wants-json';

declare const EKS_ACCESS_VERSION: string;

const { env } = process;
const [stdout, stderr] = [
  new Outlet(1, () => heeded(process.stdout)),
  new Outlet(2, () => heeded(process.stderr)),
];
/** Node.js makes the stream when it is asked for, which takes as long as a short file. */
const stdin: Stdin = {
  get isTTY() {
    return process.stdin.isTTY;
  },
  [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
};
/** Of `cli/output.schema.json`: it grows when a key goes or changes what it means. */
const JSON_VERSION = 1;

/** A reader that has seen enough, as `head`, is no error. */
function heeded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? process.exitCode : 2),
  );
}

void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});

async function main(words: readonly string[]): Promise<number> {
  let wantsColour = !words.includes('--no-color');
  const say = (line: Line): void => {
    stderr.write(rendered([line], terminalOf(stderr, wantsColour)));
  };
  try {
    const commandLine = readCommandLine(words);
    ({ wantsColour } = commandLine);
    const { verb } = commandLine;
    const emit = (json: object): void => {
      stdout.write(`${shownJson({ version: JSON_VERSION, ...json }, 0)}\n`);
    };
    if (verb === 'version') {
      if (commandLine.format === 'json') emit({ command: 'version', release: EKS_ACCESS_VERSION });
      else stdout.write(`${EKS_ACCESS_VERSION}\n`);
      return 0;
    }
    const progress = (text: string): void => {
      if (stderr.terminal) say(lineOf(text));
    };
    const outcome = await run({ ...commandLine, verb }, { stdin, say, progress, emit });
    await print(outcome, commandLine);
    for (const hint of outcome.hints) say(hint);
    return outcome.exitCode;
  } catch (error) {
    const { message, hint } = problemOf(error);
    if (wantsJson(words))
      stdout.write(
        `${shownJson({ version: JSON_VERSION, error: { message, hint: hint ?? null } }, words.includes('migrate') ? 0 : 2)}\n`,
      );
    say([{ text: 'eks-access: ', style: 'error' }, ...lineOf(message)]);
    if (hint !== undefined) say(lineOf(hint));
    return 2;
  }
}

function problemOf(error: unknown): Pick<Problem, 'message' | 'hint'> {
  // By its name: that of a live cluster comes from another file of the package, which has a class of its own.
  if (error instanceof Error && error.name === 'Problem') return error;
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `internal error: ${what.replace(/\s+/g, ' ')}`, hint: 'Please report it.' };
}

async function print(outcome: Outcome, { format, wantsColour, wantsPager }: CommandLine): Promise<void> {
  const text =
    outcome.document === undefined
      ? textOf(outcome, format, terminalOf(stdout, wantsColour))
      : stdout.terminal
        ? onTerminal(outcome.document)
        : outcome.document;
  const rows = stdout.terminal?.rows;
  const pager = wantsPager && format === 'text' ? pagerFor(text, { rows, env }) : undefined;
  if (pager === undefined || !(await showInPager(pager, text, env))) stdout.write(text);
  if (format === 'github' && outcome.github !== undefined && env['GITHUB_STEP_SUMMARY'])
    appendFileSync(env['GITHUB_STEP_SUMMARY'], outcome.github().summary);
}

function textOf(outcome: Outcome, format: Format, terminal: Terminal): string {
  switch (format) {
    case 'json':
      return `${shownJson({ version: JSON_VERSION, ...outcome.json }, outcome.isLine ? 0 : 2)}\n`;
    case 'plain':
      return outcome.plain.map((cells) => `${cells.map(shown).join('\t')}\n`).join('');
    case 'github':
      return (
        outcome
          .github?.()
          .annotations.map((line) => `${line}\n`)
          .join('') ?? ''
      );
    case 'sarif':
      return `${shownJson(outcome.sarif?.(EKS_ACCESS_VERSION) ?? {})}\n`;
    case 'text':
      return rendered(outcome.text(terminal.width), terminal);
  }
}

/** What acts on a terminal is only for files. */
function onTerminal(text: string): string {
  return text.split(/\r?\n/).map(shown).join('\n');
}

/** A terminal that reports 0 columns, and a pipe, are 80 wide, or what COLUMNS says. */
function terminalOf({ terminal }: Outlet, wantsColour: boolean): Terminal {
  const columns = Number.parseInt(env['COLUMNS'] ?? '', 10);
  const width = terminal?.columns || (columns > 0 ? columns : 80);
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return {
    width: Math.max(40, width),
    hasColour: wantsColour && terminal?.hasColors() === true,
    isUnicode: process.platform !== 'linux' || /utf-?8/i.test(locale ?? ''),
  };
}
