/** As many roles as EKS lists on three pages; what is printed is by the schema. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { root } from '../../program';
import { ACCOUNT } from '../cluster';
import { givenMoving, mapped } from './moving';

jest.setTimeout(300_000);

const schema = JSON.parse(readFileSync(join(root, 'cli/output.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

test('250 roles, one after the other, and each looked at a few times', async () => {
  const names = Array.from({ length: 250 }, (_, index) => `team-${index}`);
  const mapRoles = names.map((name) => mapped(`${ACCOUNT}:role/${name}`, name, `${name}, all`)).join('');
  const { cluster, plane, digest, migrate } = await givenMoving('CONFIG_MAP', {
    awsAuth: { data: { mapRoles } },
    managedNodeRoles: [],
    fargateRoles: [],
  });
  for (const name of names) plane.iam.addPrincipal(`${ACCOUNT}:role/${name}`);
  const { last, steps, ran } = await migrate(`--approve ${digest}`);
  expect(last).toMatchObject({ end: 'go-ahead', left: [] });
  expect(cluster.accessEntries()).toHaveLength(251);
  expect(steps.filter((step) => step.do === 'make entry')).toHaveLength(250);
  for (const name of names)
    expect(cluster.loginAs(`${ACCOUNT}:role/${name}`, 'x')).toMatchObject({
      username: name,
      source: 'access-entry',
    });
  expect(plane.eks.requests.length).toBeLessThan(250 * 12);
  for (const line of ran.stdout.trimEnd().split('\n').slice(-3))
    expect(validate(JSON.parse(line)) ? [] : validate.errors).toEqual([]);
  const again = await migrate(`--approve ${digest}`);
  expect(again.steps.map((step) => step.do)).toEqual(['prove']);
});

test('an error is one line, by the schema as well', async () => {
  const { migrate } = await givenMoving('CONFIG_MAP');
  for (const options of ['--approve x', '--undo', '--save /none/x', '--bake x --approve 0123456789abcdef']) {
    const { ran, last } = await migrate(options);
    expect([ran.code, ran.stdout.trimEnd().split('\n').length]).toEqual([2, 1]);
    expect(validate(last) ? [] : validate.errors).toEqual([]);
  }
});
