import { ProviderError } from '../../errors';
import { type Section } from '../identity-mapping';
import { type TextPlace } from '../reading/position';

/** aws-auth cannot be edited, and nothing was. The message says where it is and what to do. */
export class DocumentError extends ProviderError {
  readonly line: number;
  readonly column: number;

  /** `problem` is what is wrong there, `remedy` what whoever looks after the cluster has to do. */
  constructor(
    readonly section: Section,
    place: TextPlace,
    problem: string,
    remedy: string,
  ) {
    const where = `${section} of ConfigMap kube-system/aws-auth, line ${place.line}, column ${place.column}`;
    super('InvalidRequest', `${where}: ${problem}; nothing was changed: ${remedy}`);
    this.line = place.line;
    this.column = place.column;
  }
}
