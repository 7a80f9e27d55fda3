/** Text that is longer than the screen, by the program that the user has for that. */

export interface Screen {
  /** Undefined for what is no terminal, which is never paged. */
  readonly rows: number | undefined;
  /** `PAGER` and `TERM` are asked. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The command of a shell; undefined where nothing is to be paged. `cat` and empty text are no pager. */
export function pagerFor(text: string, { rows, env }: Screen): string | undefined {
  const pager = (env['PAGER'] ?? 'less -FIRX').trim();
  // The last line of the screen is the prompt's. A terminal that reports 0 rows may have any number.
  const isLonger = rows !== undefined && rows > 0 && text.split('\n').length > rows;
  return isLonger && pager !== '' && pager !== 'cat' && env['TERM'] !== 'dumb' ? pager : undefined;
}

/** Whether it was shown: a program that is not there, or cannot run, shows nothing. */
export async function showInPager(pager: string, text: string, env: Screen['env']): Promise<boolean> {
  // Loaded here alone: commands on files start no process.
  const { spawnSync } = await import('node:child_process');
  const { status, error } = spawnSync(pager, {
    shell: true,
    input: text,
    stdio: ['pipe', 'inherit', 'inherit'],
    // less shows colours as text unless it is told.
    env: { ...env, LESS: env['LESS'] ?? 'FIRX' },
  });
  // A pager that was left before the end is no error.
  const isLeft = (error as NodeJS.ErrnoException | undefined)?.code === 'EPIPE';
  return (error === undefined || isLeft) && status !== 126 && status !== 127;
}
