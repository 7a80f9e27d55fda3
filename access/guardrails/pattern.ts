/** Patterns with `*` and `?` as in IAM's StringLike, and the strings that a login template can become. Pure. */

/** Case-sensitive; `*` is any run of characters, `?` exactly one. Linear in practice, never exponential. */
export function matchesPattern(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      p += 1;
      resume = t;
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      // Give the last star one character more.
      p = star + 1;
      resume += 1;
      t = resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/**
 * Whether the authenticator could turn `template` into `text` at login, whatever the session is called: the
 * caller chooses the session name, so `{{SessionName}}` is any text (GT-37). Case is ignored, to be on the safe side.
 */
export function couldBecome(template: string, text: string): boolean {
  const literals = template.toLowerCase().split(/\{\{\w+\}\}/);
  const wanted = text.toLowerCase();
  const first = literals[0] ?? '';
  if (literals.length === 1) return first === wanted;
  const last = literals.at(-1) ?? '';
  if (!wanted.startsWith(first) || !wanted.endsWith(last)) return false;
  let at = first.length;
  for (const literal of literals.slice(1, -1)) {
    const found = wanted.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return at <= wanted.length - last.length;
}

/**
 * Whether `template` could begin with `prefix` once filled in. The prefix has a colon at its end or none at all,
 * and no session name has a colon.
 */
export function couldBeginWith(template: string, prefix: string): boolean {
  if (!prefix.endsWith(':')) {
    const [first = '', ...others] = template.toLowerCase().split(/\{\{\w+\}\}/);
    return first.startsWith(prefix) || (others.length > 0 && prefix.startsWith(first));
  }
  return couldBecome(template.slice(0, template.indexOf(':') + 1), prefix);
}

/** Whether some string matches both patterns. Case-sensitive; the time is the product of their lengths. */
export function patternsIntersect(one: string, other: string): boolean {
  // reachable[j]: what is read of `one` and the first j characters of `other` can match the same text.
  let reachable = stars(other);
  for (let i = 0; i < one.length; i += 1) {
    const isStar = one[i] === '*';
    const next: boolean[] = [isStar && reachable[0] === true];
    for (let j = 1; j <= other.length; j += 1) {
      const otherIsStar = other[j - 1] === '*';
      next[j] =
        (isStar && (reachable[j] === true || next[j - 1] === true)) ||
        (otherIsStar && (next[j - 1] === true || reachable[j] === true)) ||
        (reachable[j - 1] === true && sameCharacter(one[i], other[j - 1]));
    }
    reachable = next;
  }
  return reachable[other.length] === true;
}

/** Nothing of the one pattern has been read: stars of the other match the empty text. */
function stars(pattern: string): boolean[] {
  const row = [true];
  for (let j = 1; j <= pattern.length; j += 1) row[j] = row[j - 1] === true && pattern[j - 1] === '*';
  return row;
}

function sameCharacter(one: string | undefined, other: string | undefined): boolean {
  return one === other || one === '?' || other === '?';
}
