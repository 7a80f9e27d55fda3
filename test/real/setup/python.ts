/** A Python environment with ministack, cfn-lint, checkov and the AWS CLI, pinned with the hashes of their files. */
import { join } from 'node:path';
import { type Artifact, keyOf } from './cache';
import { run, which } from './command';

const requirements = join(__dirname, '..', 'python', 'requirements.txt');

/** `file` is the Python of the environment. */
export function pythonTools(): Artifact {
  return {
    title: 'ministack, cfn-lint, checkov and the AWS CLI',
    key: keyOf('python', [requirements]),
    file: 'bin/python',
    takes: 'a minute',
    build: async (folder) => {
      const python = await findPython();
      await run(python, ['-m', 'venv', folder]);
      const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input'];
      await run(join(folder, 'bin', 'python'), [
        ...pip,
        'install',
        '--quiet',
        '--only-binary',
        ':all:',
        '--require-hashes',
        '-r',
        requirements,
      ]);
    },
  };
}

const versions = ['3.13', '3.12', '3.11', '3.10'];
const missing =
  'Python 3.10 or newer with its venv module is missing, which runs ministack, cfn-lint, checkov and the AWS CLI: install it (apt-get install -y python3 python3-venv)';

async function findPython(): Promise<string> {
  // A shim of a version manager may name a version that is not installed: so it is asked.
  const check = `import sys, venv, ensurepip; sys.exit(0 if (3, 10) <= sys.version_info[:2] <= (3, 13) else 1)`;
  for (const program of ['python3', ...versions.map((version) => `python${version}`)]) {
    if (!which(program)) continue;
    const fits = await run(program, ['-c', check]).then(
      () => true,
      () => false,
    );
    if (fits) return program;
  }
  throw new Error(missing);
}
