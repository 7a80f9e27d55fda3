import { measureContention } from './contention';
const sizes = (process.argv[2] ?? '2,10').split(',').map(Number);
const rounds = Number(process.argv[3] ?? 1);
const bundle = process.argv[4];
void (async () => {
  const t = performance.now();
  const { floor, rows } = await measureContention({
    plan: sizes.flatMap((size) => Array.from({ length: rounds }, (_, round) => ({ size, round }))),
    ...(bundle ? { bundle } : {}),
  });
  console.log(floor);
  for (const r of rows)
    console.log(
      r.writers,
      'wall',
      r.wall.toFixed(0),
      'r/rmw',
      (r.wall / (r.writers * floor.readModifyWrite)).toFixed(2),
      'r/commit',
      (r.wall / (r.writers * floor.commit)).toFixed(2),
      'cpu',
      r.cpu.toFixed(2),
      'att',
      r.meanAttempts.toFixed(1),
      r.maxAttempts,
      r.faults,
    );
  console.log('total s', ((performance.now() - t) / 1000).toFixed(1));
})();
