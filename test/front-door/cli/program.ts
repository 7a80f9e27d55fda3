/** The built command line as a process, without the settings of the machine that it runs on. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE } from '../../pure/access/explain/sample';

export const root = join(__dirname, '../../..');
export const program = join(root, 'dist/cli/eks-access.js');

export const CLEAN = `apiVersion: v1
kind: ConfigMap
metadata: {name: aws-auth, namespace: kube-system}
data:
  mapRoles: |
    - rolearn: arn:aws:iam::111122223333:role/node
      username: system:node:{{EC2PrivateDNSName}}
      groups: [system:bootstrappers, system:nodes]
`;

/** A folder of its own with these files; `aws-auth.yaml` is the sample document. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'eks-access-'));
  for (const [name, text] of Object.entries({ 'aws-auth.yaml': SAMPLE, ...files }))
    writeFileSync(join(folder, name), text);
  return folder;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly stdin?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

export function eksAccess(words: readonly string[], { cwd, stdin = '', env }: Surroundings = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd,
    input: stdin,
    encoding: 'utf8',
    env: { LANG: 'C.UTF-8', ...env },
  });
  return { code: status, stdout, stderr };
}
