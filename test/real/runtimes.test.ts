/**
 * The scenarios of the front door with the function on the Nodes of Lambda's runtimes, each container a process: on 22
 * and 24, and on 26, which Lambda has in preview (CR-8).
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NODE_VARIABLE } from '../front-door/scenarios/world';
import { NODES } from './setup/node-versions';
import { findTools } from './setup/tools';

const root = join(__dirname, '../..');
const SCENARIOS = [
  'lifecycle',
  'delivery',
  'retried-creates',
  'failed-replacements',
  'answering',
  'ownership',
];

test.each(NODES)(
  'Node %s',
  async (major) => {
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const files = SCENARIOS.map((name) => `test/front-door/scenarios/${name}.test.ts`);
    const environment = { ...process.env, [NODE_VARIABLE]: `${findTools().node[major]} nodejs${major}.x` };
    // Its words are on stderr; it rejects, with them, where a test fails.
    const { stderr } = await promisify(execFile)(
      process.execPath,
      [
        jest,
        '--config',
        join(root, 'jest.config.js'),
        '--rootDir',
        root,
        '--testTimeout=120000',
        '-w',
        '2',
        ...files,
      ],
      { cwd: root, env: environment, maxBuffer: 1e8 },
    );
    expect(stderr).toMatch(new RegExp(`Test Suites: ${SCENARIOS.length} passed, ${SCENARIOS.length} total`));
  },
  900_000,
);
