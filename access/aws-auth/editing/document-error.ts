import { ProviderError } from '../../errors';
import { type Section } from '../identity-mapping';
import { type ParsedSection } from '../reading/parse-section';
import { type Position } from '../reading/position';

/** aws-auth cannot be edited, and nothing was. The message says where it is and what to do. */
export class DocumentError extends ProviderError {
  readonly line: number;
  readonly column: number;

  /** `problem` is what is wrong there, `remedy` what the cluster's administrator has to do. */
  constructor(
    readonly section: Section,
    position: Position,
    problem: string,
    remedy: string,
  ) {
    const where = `${section} of ConfigMap kube-system/aws-auth, line ${position.line}, column ${position.column}`;
    super('InvalidRequest', `${where}: ${problem}; nothing was changed: ${remedy}`);
    this.line = position.line;
    this.column = position.column;
  }
}

/** Throws DocumentError for a section that the authenticator cannot parse: it is never edited. */
export function refuseUnreadable({ reading: { section, error } }: ParsedSection): void {
  if (error === undefined) return;
  const { message, ...position } = error;
  const remedy = `fix ${section} by hand: the authenticator cannot parse it`;
  throw new DocumentError(section, position, message, remedy);
}
