/** A pasted document as what was seen of aws-auth, and written back with its fixes. Pure. */
import { splice } from '../aws-auth/editing/layout';
import { SECTIONS } from '../aws-auth/identity-mapping';
import { type DocumentReading } from './document/document';
import { readDocument } from './document/read-document';
import { replaceSection } from './document/replace-section';
import { type Finding } from './finding';
import { findingsOf } from './findings';
import { fixAll, fixedText } from './fixing';
import { type ReadAwsAuth, type SeenCluster } from './seen-cluster';

/** Undefined for what holds no section; of a broken document the sections that were found by indentation. */
export function awsAuthOf(reading: DocumentReading): ReadAwsAuth | undefined {
  if (reading.kind === 'aws-auth') {
    const { kind: _, ...read } = reading;
    return { state: 'read', ...read };
  }
  if (reading.kind === 'broken' && reading.guessed !== undefined)
    return { state: 'read', sections: reading.guessed };
  return undefined;
}

export type FixedDocument =
  { readonly text: string; readonly applied: readonly Finding[] } | { readonly refused: string };

/**
 * The pasted text with its fixes; only what they change is another byte. `wants` as of `fixAll`; `around`: what else was
 * seen of the cluster.
 */
export function fixDocument(
  pasted: string,
  wants?: (finding: Finding) => boolean,
  around: SeenCluster = {},
): FixedDocument {
  const isWanted = wants ?? (({ fix }: Finding) => fix?.givesAccess === false);
  const applied: Finding[] = [];
  let text = pasted;
  // What a misspelt key hides can be seen when it has been fixed; there are no more of them than keys.
  for (let rounds = 0; rounds < 10; rounds += 1) {
    const awsAuth = awsAuthOf(readDocument(text));
    if (awsAuth === undefined) break;
    const cluster = { ...around, awsAuth };
    const outer = findingsOf(cluster).find((finding) => finding.fix?.inDocument && isWanted(finding));
    if (outer?.fix?.inDocument !== undefined) {
      text = splice(text, outer.fix.inDocument);
      applied.push(outer);
      continue;
    }
    const fixed = fixAll(cluster, isWanted);
    for (const section of SECTIONS) {
      const after = fixed.texts[section];
      if (after === undefined) continue;
      const replaced = replaceSection(text, section, after);
      if ('refused' in replaced) return replaced;
      ({ text } = replaced);
    }
    return { text, applied: [...applied, ...fixed.applied] };
  }
  return { text, applied };
}

/**
 * The pasted text with the fix of one finding of its own, and of no other. Asked for by name, so that it may give access.
 */
export function fixOne(pasted: string, finding: Finding): FixedDocument {
  const { at, fix } = finding;
  if (fix?.inDocument !== undefined) return { text: splice(pasted, fix.inDocument), applied: [finding] };
  const awsAuth = awsAuthOf(readDocument(pasted));
  const before = at && awsAuth?.sections[at.section]?.text;
  const after = at && before !== undefined ? fixedText(at.section, before, finding) : undefined;
  if (at === undefined || after === undefined)
    return { refused: 'This cannot be written without changing something else: change it by hand.' };
  const replaced = replaceSection(pasted, at.section, after);
  return 'refused' in replaced ? replaced : { text: replaced.text, applied: [finding] };
}
