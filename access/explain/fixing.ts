/**
 * Applies fixes to the texts of sections, with proof: all other entries read as before. Fixes that give access are
 * applied only where they are asked for. Pure.
 */
import { splice, type Splice } from '../aws-auth/editing/layout';
import { type AwsAuthData, type Section, SECTIONS } from '../aws-auth/identity-mapping';
import { parseSection } from '../aws-auth/reading/parse-section';
import { type Finding } from './finding';
import { findingsOf } from './findings';
import { isProved, isTogetherProved } from './fix-proof';
import { sectionsOf } from './read-aws-auth';
import { type ReadAwsAuth, type SeenCluster, type SeenSection } from './seen-cluster';

export interface Fixed {
  /** Of the sections that changed. */
  readonly texts: Readonly<Partial<Record<Section, string>>>;
  readonly applied: readonly Finding[];
}

/**
 * Fixes until nothing is left to fix: what one cures may show the next, as in a section that was lost. `wants`: which
 * findings; without it those whose fixes give nobody access.
 */
export function fixAll(
  cluster: SeenCluster,
  wants: (finding: Finding) => boolean = ({ fix }) => fix?.givesAccess === false,
): Fixed {
  let current = cluster;
  const texts: Partial<Record<Section, string>> = {};
  const applied: Finding[] = [];
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const wanted = findingsOf(current).filter((finding) => isFixable(finding) && wants(finding));
    const done = wanted.length === 0 ? [] : applyRound(current, wanted, texts);
    if (done.length === 0) break;
    applied.push(...done);
    current = withTexts(cluster, texts);
  }
  return { texts, applied };
}

/** A text has as many causes to be lost as lines, and each is found when the one before is gone. */
const MOST_ROUNDS = 1000;

export function isFixable({ at, fix }: Finding): boolean {
  return at !== undefined && fix !== undefined && fix.splices.length > 0;
}

/** The section's text after the fix; undefined where the proof fails: nothing is changed then. */
export function fixedText(section: Section, text: string, finding: Finding): string | undefined {
  const { fix, rule } = finding;
  if (fix === undefined) return undefined;
  const after = splice(text, ...fix.splices);
  const before = parseSection(section, text).reading;
  const result = parseSection(section, after).reading;
  return isProved(before, result, rule) ? after : undefined;
}

/** The cluster as it would be with other texts; lines are then those of the sections. */
export function withTexts(
  cluster: SeenCluster,
  texts: Readonly<Partial<Record<Section, string>>>,
): SeenCluster {
  const { awsAuth } = cluster;
  if (awsAuth?.state !== 'read') return cluster;
  const sections: Partial<Record<Section, SeenSection | undefined>> = { ...awsAuth.sections };
  const data: AwsAuthData = { ...awsAuth.data, ...texts };
  for (const section of SECTIONS) {
    const text = texts[section];
    if (text !== undefined) sections[section] = alone(text);
  }
  const changed: ReadAwsAuth = { ...awsAuth, sections, ...(awsAuth.data && { data }) };
  return { ...cluster, awsAuth: changed };
}

/** A section whose places are not known: all is on line 1. */
function alone(text: string): SeenSection {
  return {
    text,
    spanOf: (start, end) => ({ start, end, from: { line: 1, column: 1 }, to: { line: 1, column: 1 } }),
  };
}

function applyRound(
  cluster: SeenCluster,
  wanted: readonly Finding[],
  texts: Partial<Record<Section, string>>,
): readonly Finding[] {
  const done: Finding[] = [];
  for (const section of SECTIONS) {
    const before = sectionsOf(cluster)[section]?.text;
    if (before === undefined) continue;
    const here = wanted.filter(({ at }) => at?.section === section);
    const chosen = apart(here);
    const together = splice(before, ...chosen.flatMap(splicesOf));
    const reading = parseSection(section, before).reading;
    const isFine =
      chosen.length > 1 && isTogetherProved(reading, parseSection(section, together).reading, chosen);
    if (isFine) {
      texts[section] = together;
      done.push(...chosen);
      continue;
    }
    let first: Finding | undefined;
    let after: string | undefined;
    for (const finding of chosen) {
      after = fixedText(section, before, finding);
      if (after !== undefined && after !== before) {
        first = finding;
        break;
      }
    }
    if (first === undefined || after === undefined) continue;
    texts[section] = after;
    done.push(first);
  }
  return done;
}

function splicesOf({ fix }: Finding): readonly Splice[] {
  return fix?.splices ?? [];
}

/** Those whose changes do not touch each other. */
function apart(findings: readonly Finding[]): readonly Finding[] {
  const taken: Splice[] = [];
  return findings.filter((finding) => {
    const splices = splicesOf(finding);
    if (splices.some((one) => taken.some((other) => one.start <= other.end && other.start <= one.end)))
      return false;
    taken.push(...splices);
    return true;
  });
}
