/** A rig with a warm container in a process of its own, for the test that ends such a process in every way. */
import { grantProvider, startRig } from './rig';
import { createStack } from './stacks';

async function main(): Promise<void> {
  const rig = await startRig();
  await grantProvider(rig);
  await rig.deploy({ nodePath: rig.tools.node['22'] });
  const { status } = await createStack(rig, 'lone', {
    Mapping: ['Custom::EksMapRolesEntry', { RoleArn: 'arn:aws:iam::111122223333:role/lone' }],
  });
  process.stdout.write(`${status} ${rig.mark} ${rig.folder}\n`);
  setInterval(() => undefined, 60_000);
}

void main();
