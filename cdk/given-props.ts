/** What all resource constructs say of the props that they are given. */
import { type Construct } from 'constructs';

/** The one of several props that was given. Throws, naming the construct, unless it is exactly one. */
export function exactlyOne(
  construct: Construct,
  candidates: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries(candidates).filter(([, value]) => value !== undefined);
  const all = Object.keys(candidates).join(' or ');
  if (given.length > 1) {
    const both = given.map(([name]) => name).join(' and ');
    throw new Error(`${construct.node.path}: ${both} are both given: give one of ${all}`);
  }
  const value = given[0]?.[1];
  if (value === undefined) throw new Error(`${construct.node.path}: ${all} is missing: give one`);
  return value;
}

/** What `check` throws, with the construct that it is about. */
export function explained(construct: Construct, check: () => void): void {
  try {
    check();
  } catch (cause) {
    throw new Error(`${construct.node.path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
