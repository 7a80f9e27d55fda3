/**
 * `npm run bench`: the figures of bench/README.md, as ratios of one run. Prints target and measurement; a missed
 * figure says MISSED and is no failure of the program.
 *
 *   npm run bench -- [--node PATH] [--only bundle,path,document,memory,cli,virtual,contention] [--writers 2,10,50,100,300] [--quick]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { execFileSync } from 'node:child_process';
import { buildBundles, type Bundles } from './bundles';
import { bundleReport } from './bundle-size';
import { measureColdPath } from './cold-path';
import { measureCommandLine } from './command-line';
import { contentionReport } from './contention-report';
import { measureDocumentEdit } from './document-edit';
import { figureTable, printed, type Report } from './figure';
import { measureMemory } from './memory';
import { virtualReport } from './virtual-report';

const PIECES = ['bundle', 'path', 'document', 'memory', 'cli', 'virtual', 'contention'] as const;
type Piece = (typeof PIECES)[number];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      node: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      writers: { type: 'string' },
    },
  });
  const nodePath = values.node ?? process.execPath;
  const wanted = values.only?.split(',') ?? PIECES;
  const unknown = wanted.find((piece) => !PIECES.includes(piece as Piece));
  if (unknown !== undefined)
    throw new Error(`there is no piece "${unknown}": --only takes ${PIECES.join(', ')}`);
  const version = execFileSync(nodePath, ['--version'], { encoding: 'utf8' }).trim();
  console.log(
    `Node ${version} for the function, ${process.version} for the servers; ${cpus().length} × ${cpus()[0]?.model ?? '?'}`,
  );
  const bundles = await buildBundles();
  const reports: Report[] = [];
  try {
    const run = pieces(bundles, {
      nodePath,
      quick: values.quick,
      ownNode: values.node,
      writers: values.writers?.split(',').map(Number),
    });
    for (const piece of PIECES) {
      if (!wanted.includes(piece)) continue;
      const started = performance.now();
      const report = await run[piece]();
      reports.push(report);
      console.log(printed(report));
      console.error(`(${piece}: ${((performance.now() - started) / 1000).toFixed(0)} s)`);
    }
  } finally {
    bundles.remove();
  }
  console.log(`\nAll figures\n\n${figureTable(reports.flatMap(({ figures }) => figures))}`);
}

interface Choice {
  readonly nodePath: string;
  readonly quick: boolean;
  /** Only where another Node was asked for: then contending containers are processes and not threads. */
  readonly ownNode: string | undefined;
  readonly writers: readonly number[] | undefined;
}

function pieces(
  bundles: Bundles,
  { nodePath, quick, ownNode, writers }: Choice,
): Record<Piece, () => Promise<Report>> {
  return {
    bundle: async () => bundleReport(bundles),
    path: () => measureColdPath(bundles, nodePath, quick ? 3 : 15),
    document: () => measureDocumentEdit(bundles.documentProcess, nodePath, quick ? 1 : 3),
    memory: () => measureMemory(bundles, nodePath, quick ? 1 : 5),
    cli: async () => measureCommandLine(nodePath, quick ? 3 : 15),
    virtual: () => virtualReport(quick),
    contention: () =>
      contentionReport({
        bundle: bundles.product.file,
        quick,
        ...(writers === undefined ? {} : { writers }),
        ...(ownNode === undefined ? {} : { nodePath: ownNode }),
      }),
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
