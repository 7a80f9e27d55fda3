/** What the counts of all processes come to: a row a file that has a branch which no test takes, and where. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import coverage from 'istanbul-lib-coverage';
import instrumenting from './instrument.js';

/** Markdown; then one line for each branch. */
export function report(folder = instrumenting.FOLDER) {
  const map = coverage.createCoverageMap(countedIn(folder));
  const files = map
    .files()
    .map((path) => ({ path: relative(process.cwd(), path), of: map.fileCoverageFor(path) }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  const rows = [];
  const lines = [];
  const defaults = { 'lambda/': 0, 'access/': 0 };
  for (const { path, of } of files) {
    const { branches, statements } = of.toSummary();
    if (branches.covered === branches.total) continue;
    rows.push(row(path, branches, statements));
    const left = missed(path, of);
    lines.push(...left.map(({ line }) => line));
    defaults[path.replace(/\/.*/, '/')] += left.filter(({ isDefault }) => isDefault).length;
  }
  const sum = (prefix) => {
    const total = coverage.createCoverageSummary();
    for (const { path, of } of files) if (path.startsWith(prefix)) total.merge(of.toSummary());
    return row(`all of ${prefix}`, total.branches, total.statements);
  };
  const head = [
    '| file | branches | not taken | taken | statements run |',
    '| --- | ---: | ---: | ---: | ---: |',
  ];
  const others = Object.entries(defaults).map(
    ([prefix, count]) => `${prefix}: ${count} of those not taken are values in place of what is undefined.`,
  );
  return [...head, ...rows, sum('lambda/'), sum('access/'), '', ...others, '', ...lines].join('\n');
}

/** The counts of all processes, added: all have the same sources, so that istanbul's own merge, which is slow, is not needed. */
function countedIn(folder) {
  const total = {};
  for (const name of readdirSync(folder)) {
    const counted = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const [path, file] of Object.entries(counted)) {
      const sum = (total[path] ??= file);
      if (sum === file) continue;
      if (sum.hash !== file.hash) throw new Error(`${path} has changed between two runs: run them again`);
      for (const key of Object.keys(file.s)) sum.s[key] += file.s[key];
      for (const key of Object.keys(file.f)) sum.f[key] += file.f[key];
      for (const key of Object.keys(file.b))
        sum.b[key] = sum.b[key].map((n, index) => n + file.b[key][index]);
    }
  }
  return total;
}

function row(name, branches, statements) {
  const percent = ({ covered, total }) => `${((100 * covered) / Math.max(1, total)).toFixed(1)} %`;
  return `| ${name} | ${branches.total} | ${branches.total - branches.covered} | ${percent(branches)} | ${percent(statements)} |`;
}

/** `isDefault`: the value of `= ''` or after `??`, which the types often ask for where no undefined can be. */
function missed(path, of) {
  const rows = readFileSync(path, 'utf8').split('\n');
  return Object.entries(of.b).flatMap(([id, counts]) =>
    counts.flatMap((count, index) => {
      if (count > 0) return [];
      const { type, loc, locations } = of.branchMap[id];
      const { line, column } = locations[index]?.start?.line ? locations[index].start : loc.start;
      const before = `${rows[line - 2] ?? ''}${rows[line - 1]?.slice(0, column) ?? ''}`;
      const isDefault = type === 'default-arg' || (type === 'binary-expr' && /\?\?\s*\(?$/.test(before));
      return [{ line: `${path}:${line} ${type} ${index}: ${rows[line - 1]?.trim()}`, isDefault }];
    }),
  );
}
