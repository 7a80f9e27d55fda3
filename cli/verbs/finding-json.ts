/** A finding as JSON: every key is always there; `line` and what follows are null where no line is to blame. Pure. */
import { type Finding } from '../../access/explain/finding';

export function findingJson({
  rule,
  level,
  span,
  principal,
  sentence,
  effect,
  fix,
  ignore,
}: Finding): object {
  return {
    rule,
    level,
    line: span?.from.line ?? null,
    column: span?.from.column ?? null,
    endLine: span?.to.line ?? null,
    endColumn: span?.to.column ?? null,
    principal: principal ?? null,
    sentence,
    effect,
    fix: fix === undefined ? null : { text: fix.text, note: fix.note ?? null, givesAccess: fix.givesAccess },
    ignore: ignore ?? null,
  };
}
