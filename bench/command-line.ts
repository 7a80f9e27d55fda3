/** From start to result of a command on a file, against a Node.js that does nothing: processes in turn. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentOf } from './document-text';
import { atMost, type Report, unit } from './figure';
import { median } from './rounds';

const PROGRAM = join(__dirname, '../dist/cli/eks-access.js');
const ENTRIES = 100;
const COMMANDS = ['doctor', 'list'] as const;

interface Run {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}

export function measureCommandLine(nodePath: string, rounds: number): Report {
  if (!existsSync(PROGRAM)) throw new Error('dist/cli/eks-access.js is missing: run npm run build:cli');
  const folder = mkdtempSync(join(tmpdir(), 'eks-access-bench-'));
  try {
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const empty = file('empty.js', '');
    const indented = documentOf('block', ENTRIES).replace(/^(?=.)/gm, '    ');
    const document = file('aws-auth.yaml', `data:\n  mapRoles: |\n${indented}`);
    // Both load it: it tells the processor time of all threads, with that of the start.
    const meter = file(
      'meter.cjs',
      `process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('\\ncpu ' + (user + system) / 1000); });`,
    );
    const once = (words: readonly string[]): Run => {
      const started = performance.now();
      const { stderr } = spawnSync(nodePath, ['--require', meter, ...words], { encoding: 'utf8', input: '' });
      const wall = performance.now() - started;
      const cpu = Number(/\ncpu ([\d.]+)$/.exec(stderr)?.[1]);
      if (Number.isNaN(cpu)) throw new Error(`${words.join(' ')} told no processor time: ${stderr}`);
      return { wall, cpu };
    };
    const runs = Array.from({ length: rounds }, () => ({
      bare: once([empty]),
      commands: COMMANDS.map((command) => once([PROGRAM, command, document])),
    }));
    const rows = COMMANDS.map((command, index) => {
      const of = (measure: keyof Run): readonly number[] =>
        runs.map(({ commands }) => commands[index]?.[measure] ?? NaN);
      const ratio = (measure: keyof Run): number =>
        median(of(measure).map((value, round) => value / (runs[round]?.bare[measure] ?? NaN)));
      return {
        command,
        wall: median([...of('wall')]),
        cpu: median([...of('cpu')]),
        wallRatio: ratio('wall'),
        cpuRatio: ratio('cpu'),
      };
    });
    const bare = (measure: keyof Run): number => median(runs.map((run) => run.bare[measure]));
    return {
      title: 'A command on a file',
      note: `an aws-auth of ${ENTRIES} entries, medians of ${rounds} rounds; ratios round by round`,
      head: ['', 'wall, ms', 'of bare', 'processor, ms', 'of bare'],
      rows: [
        ['bare Node', bare('wall').toFixed(0), '', bare('cpu').toFixed(0), ''],
        ...rows.map(({ command, wall, cpu, wallRatio, cpuRatio }) => [
          `eks-access ${command}`,
          wall.toFixed(0),
          wallRatio.toFixed(2),
          cpu.toFixed(0),
          cpuRatio.toFixed(2),
        ]),
      ],
      figures: rows.map(({ command, wallRatio }) =>
        atMost(`eks-access ${command}, ${ENTRIES} entries, of bare Node`, wallRatio, 1.6, unit.ratio),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
