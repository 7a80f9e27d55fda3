/**
 * Writes THIRD-PARTY-NOTICES: the licences of the packages whose code is inside the built function and the built
 * validators, which their licences ask for wherever that code goes (Apache-2.0, section 4; MIT).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const METAFILES = ['dist/lambda.meta.json', 'dist/validators.meta.json'];

const folders = [...new Set(METAFILES.flatMap(bundledFolders))].sort();
const packages = folders.map(describe);
const texts = new Map();
for (const { name, version, text } of packages)
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);

const head = `The built function (dist/lambda/index.js, and the same code inside dist/cfn-eks-access.template.yaml) and the built
validators (dist/cdk/schemas/generated/validators.js) contain code of these packages:

${packages.map(({ name, version, licence }) => `  ${name} ${version} (${licence})`).join('\n')}
`;
const sections = [...texts].map(([text, names]) => `${'-'.repeat(80)}\n${names.join('\n')}\n\n${text}\n`);
writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), [head, ...sections].join('\n'));
console.log(`THIRD-PARTY-NOTICES: ${packages.length} packages`);

/** Folders of the packages of which some bytes are in the output. */
function bundledFolders(file) {
  if (!existsSync(join(root, file))) throw new Error(`${file} is missing: run npm run build first`);
  const { outputs } = JSON.parse(readFileSync(join(root, file), 'utf8'));
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.includes('node_modules/'))
      .map(([path]) => /^(?:.*:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)[1]),
  );
}

function describe(folder) {
  const {
    name,
    version,
    license: licence,
  } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice)(\.|$)/i.test(file));
  if (files.length === 0)
    throw new Error(`${name} has no licence file: add its text by hand, or leave it out of the bundle`);
  const text = files
    .sort()
    .map((file) => readFileSync(join(root, folder, file), 'utf8').trim())
    .join('\n\n');
  return { name, version, licence, text };
}
