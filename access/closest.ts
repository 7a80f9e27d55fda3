/** The name that the stack author probably meant: a few edits away, or the beginning of it, whatever the case. Pure. */
export function closest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  const longer = candidates.filter(
    (candidate) => text.length > 2 && candidate.toLowerCase().startsWith(wanted),
  );
  if (longer.length === 1) return longer[0];
  let limit = Math.max(2, Math.floor(text.length / 4));
  let best: string | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    // Of those that are equally far away the first.
    if (distance <= limit) {
      best = candidate;
      limit = distance - 1;
    }
  }
  return best;
}

/** Levenshtein distance by rows. Nothing is counted further than the limit: most texts are far from all candidates. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let row = Array.from({ length: b.length }, (_, index) => index + 1);
  let left = b.length;
  for (let i = 0; i < a.length; i += 1) {
    left = i + 1;
    let corner = i;
    row = row.map((above, j) => {
      left = Math.min(above + 1, left + 1, corner + (a[i] === b[j] ? 0 : 1));
      corner = above;
      return left;
    });
    if (Math.min(i + 1, ...row) > limit) break;
  }
  return left;
}
