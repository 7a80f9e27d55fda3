/** JSON of every command on a live cluster is by the schema, of errors and of what could not be read as well. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { startSession, demonstrationAwsAuth } from '../../../../local/demo/session';
import { map, mapping, role } from '../../scenarios/following/followed';
import { root } from '../program';
import { environmentOf, runWith } from './cluster';

const schema = JSON.parse(readFileSync(join(root, 'cli/output.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

test('of each command, as it is and with access entries denied', async () => {
  const { aws } = await startSession({
    mode: 'API_AND_CONFIG_MAP',
    awsAuth: demonstrationAwsAuth(),
    administrator: role('Administrator'),
  });
  try {
    await map({ session: { aws } }, 'app', { A: { ...mapping('foo'), DeletionPolicy: 'Retain' } });
    await aws.cloudformation.deleteStack({ name: 'app' });
    const env = {
      ...environmentOf(aws.controlPlane, role('Administrator')),
      AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoints.cloudformation,
    };
    const commands = [
      'list --cluster my-cluster',
      'explain --me --cluster my-cluster',
      'doctor --cluster my-cluster',
      'drift --cluster my-cluster',
      'recover --cluster my-cluster',
      'list --cluster other',
    ];
    for (const isDenied of [false, true]) {
      aws.controlPlane.setAuthorize((_, action) => !isDenied || action !== 'eks:ListAccessEntries');
      for (const line of commands) {
        const { stdout } = await runWith(env, `${line} --json`);
        const printed = JSON.parse(stdout) as { readonly items?: readonly object[] };
        expect([line, validate(printed) ? [] : validate.errors]).toEqual([line, []]);
        if (line.startsWith('drift') && !isDenied)
          expect(printed.items).toEqual([
            expect.objectContaining({ state: 'orphan', logicalId: 'A', place: 'access entry' }),
          ]);
      }
    }
  } finally {
    await aws.stop();
  }
});
