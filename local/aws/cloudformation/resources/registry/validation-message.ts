/** What CloudFormation says of properties that the registry's schema refuses. Pure. */
import { type PropertyFault } from './property-fault';

/** What follows `with message: `. */
export function validationMessage(fault: PropertyFault): string {
  const [parent, name] = [fault.path.slice(0, -1), fault.path.at(-1) ?? ''];
  const at = (path: readonly string[]): string => ['#', ...path].join('/');
  switch (fault.kind) {
    case 'missing':
      return `${at(parent)}: required key [${name}] not found`;
    case 'unknown':
      return `${at(parent)}: extraneous key [${name}] is not permitted`;
    case 'form':
      return `${at(fault.path)}: expected ${fault.wanted}, found ${fault.found}`;
  }
}
