/** Fixes of whole documents as they were pasted: the corpus. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingsOf } from '../../../../access/explain/findings';
import { type Finding } from '../../../../access/explain/finding';
import { awsAuthOf, fixDocument } from '../../../../access/explain/seen-document';
import { decodeBytes } from '../../../../access/explain/document/decode-bytes';
import { readDocument } from '../../../../access/explain/document/read-document';
import { corpus, CORPUS } from '../aws-auth/reading/corpus';

function pasted(file: string): string {
  const decoded = decodeBytes(new Uint8Array(readFileSync(join(CORPUS, file))));
  if ('refused' in decoded) throw new Error(decoded.refused);
  return decoded.text;
}

const isCurable = ({ fix }: Finding) =>
  fix !== undefined && (fix.splices.length > 0 || fix.inDocument !== undefined);

/** Lines of `before` that are not in `after`, in order. */
function lost(before: string, after: string): readonly string[] {
  const left = after.split(/\r?\n/);
  return before.split(/\r?\n/).filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(0, at + 1);
    return at < 0;
  });
}

test.each(corpus)('%s', (file) => {
  const text = pasted(file);
  const reading = readDocument(text);
  const awsAuth = awsAuthOf(reading);
  if (awsAuth === undefined) {
    expect(fixDocument(text)).toEqual({ text, applied: [] });
    return;
  }
  const findings = findingsOf({ awsAuth });
  for (const { at, span, rule } of findings) {
    if (at === undefined || span === undefined) continue;
    const inSection = awsAuth.sections[at.section]?.text.slice(at.start, at.end) ?? '';
    const cut = text.slice(span.start, span.end);
    const isPlain = !/["\\\r\n]/.test(cut) && !/[\r\n]/.test(inSection);
    if (isPlain) expect({ rule, cut }).toEqual({ rule, cut: inSection });
    else expect(cut).not.toBe('');
  }
  const fixed = fixDocument(text, () => true);
  if ('refused' in fixed) {
    expect(reading.kind).toBe('broken');
    return;
  }
  const after = awsAuthOf(readDocument(fixed.text));
  expect(findingsOf({ ...(after && { awsAuth: after }) }).filter(isCurable)).toEqual([]);
  const touched = lost(text, fixed.text).length;
  const lines = fixed.applied.reduce((sum, { at, fix, rule }) => {
    const here = awsAuth.sections[at?.section ?? 'mapRoles']?.text ?? '';
    const spliced = (fix?.splices ?? []).reduce(
      (count, { start, end }) => count + here.slice(start, end).split('\n').length + 1,
      1,
    );
    return sum + (rule === 'section-not-a-list' ? here.split('\n').length : spliced);
  }, 0);
  // As many lines as the fixes are about, and no others; a section in double quotes may be folded anew.
  if (!/map\w+: "/.test(text)) expect(touched).toBeLessThanOrEqual(lines);
  if (fixed.applied.length === 0) expect(fixed.text).toBe(text);
});
