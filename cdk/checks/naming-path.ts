/** Errors of a check, with the construct that they are about. */
import { type IConstruct } from 'constructs';
import { inPropNames } from './prop-names';

/** What `check` gives; what it throws says the path of the construct, and speaks of props. */
export function namingPath<T>({ node }: IConstruct, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${node.path}: ${inPropNames(why)}`, { cause });
  }
}
