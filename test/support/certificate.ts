/**
 * One certificate for the clusters of all tests of a run: making one takes a tenth of a second of processor, and loading what
 * makes it three times that. The first test that asks makes it; the folder goes with the run.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServerCertificate, type ServerCertificate } from '../../local/aws/server/certificates';

export async function certificateOfRun(): Promise<ServerCertificate> {
  const file = join(tmpdir(), 'certificate.json');
  const made = read(file);
  if (made) return made;
  const certificate = await createServerCertificate('kubernetes');
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(certificate), { mode: 0o600 });
  renameSync(draft, file);
  return certificate;
}

function read(file: string): ServerCertificate | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ServerCertificate;
  } catch {
    return undefined;
  }
}
