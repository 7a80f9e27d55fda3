/** Errors of a check, with the construct that they are about. */
import { type IConstruct } from 'constructs';
import { inPropNames } from './prop-names';

/** As `namingPath`, of a check that speaks of props already. */
export function atPath<T>({ node }: IConstruct, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    throw new Error(`${node.path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** What `check` gives; what it throws says the path of the construct, and speaks of props. */
export function namingPath<T>(construct: IConstruct, check: () => T): T {
  return atPath(construct, () => {
    try {
      return check();
    } catch (cause) {
      throw new Error(inPropNames(cause instanceof Error ? cause.message : String(cause)), { cause });
    }
  });
}
