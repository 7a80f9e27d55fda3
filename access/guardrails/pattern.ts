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
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
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
  if (!wanted.startsWith(first) || first.length + last.length > wanted.length || !wanted.endsWith(last))
    return false;
  let at = first.length;
  for (const literal of literals.slice(1, -1)) {
    const found = wanted.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return at <= wanted.length - last.length;
}

/** Whether `template` could begin with `prefix`, which ends in a colon, once filled in: no session name has a colon. */
export function couldBeginWith(template: string, prefix: string): boolean {
  const colon = template.indexOf(':');
  return colon >= 0 && couldBecome(template.slice(0, colon + 1), prefix);
}
