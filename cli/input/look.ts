/** What a command looks at: aws-auth and access entries from files and stdin, as the cluster that was seen. */
import { isAbsolute, relative } from 'node:path';
import { type Readable } from 'node:stream';
import { readDocument } from '../../access/explain/document/read-document';
import { type SeenCluster } from '../../access/explain/seen-cluster';
import { awsAuthOf } from '../../access/explain/seen-document';
import { type CommandLine } from '../command-line';
import { Problem } from '../problem';
import { accessEntriesIn } from '../../access/explain/input/access-entries';
import { readText, type TextSource } from './read-text';

export interface Looked {
  readonly cluster: SeenCluster;
  /** aws-auth as it was given; undefined where access entries alone were given. */
  readonly source: TextSource | undefined;
  /** For people: file names, or `stdin`. */
  readonly name: string;
  /** Of aws-auth, from the working directory with forward slashes, as GitHub wants it; undefined for stdin. */
  readonly path: string | undefined;
}

export interface Stdin extends Readable {
  readonly isTTY?: boolean;
}

/** `path`: of aws-auth, or `-`; undefined where none was named. `isTaken`: stdin is read for something else. */
export async function look(
  path: string | undefined,
  { mode, accessEntries }: CommandLine,
  stdin: Stdin,
  isTaken = false,
): Promise<Looked> {
  const isPiped = stdin.isTTY !== true && !isTaken && accessEntries === undefined;
  const file = path ?? (isPiped ? '-' : undefined);
  if (file === undefined && accessEntries === undefined)
    throw new Problem('Name a file with aws-auth, or pipe it in.', PRINT);
  if (file === undefined && mode !== 'API')
    throw new Problem(
      'Name the file with aws-auth as well: it counts beside access entries unless the mode is API.',
      'Write - for stdin, or --mode API.',
    );
  if ([file, accessEntries, isTaken ? '-' : undefined].filter((each) => each === '-').length > 1)
    throw new Problem('Only one input can be stdin (-): name files for the others.');
  const source = file === undefined ? undefined : await readText(file, stdin);
  const entries = accessEntries === undefined ? undefined : await readText(accessEntries, stdin);
  return {
    source,
    name: [source, entries].flatMap((each) => (each === undefined ? [] : [each.name])).join(' and '),
    path: file === undefined || file === '-' ? undefined : relativePath(file),
    cluster: {
      mode,
      awsAuth: source && awsAuthIn(source),
      accessEntries: entries && { state: 'read', entries: accessEntriesIn(entries.text, entries.name) },
    },
  };
}

function relativePath(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
  return path.replaceAll('\\', '/').replace(/^\.\//, '');
}

const PRINT = 'kubectl get configmap aws-auth -n kube-system -o yaml | eks-access doctor';

function awsAuthIn({ name, text }: TextSource): SeenCluster['awsAuth'] {
  const reading = readDocument(text);
  switch (reading.kind) {
    case 'aws-auth':
      return awsAuthOf(reading);
    case 'not-aws-auth':
      throw new Problem(`${name}: ${reading.what}`, reading.command && `Run: ${reading.command}`);
    case 'broken':
      throw new Problem(`${name}:${reading.line}:${reading.column}: ${reading.sentence}`);
    case 'empty':
      throw new Problem(`${name}: ${reading.sentence}`, PRINT);
  }
}
