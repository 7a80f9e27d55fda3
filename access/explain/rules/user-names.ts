/** Entries without a user name, which the API server takes and others do not (GT-13). */
import { whoOf } from '../who';
import { type Draft } from './draft';
import { defaultNameOf, withValues } from './entry-values';
import { type RuleView, stretchOf, valueOf } from './values';

export function* userNameRules(view: RuleView): Generator<Draft> {
  for (const found of view.counting) {
    const { entry, loaded, place } = found;
    const isRead = !place.parsed.reading.notices.some(
      ({ index, field }) => index === entry.index && field === 'username',
    );
    if (loaded.username !== '' || !isRead) continue;
    const username = defaultNameOf(loaded.arn);
    yield {
      rule: 'username-missing',
      entry,
      at: stretchOf(found, valueOf(found, 'arn')),
      sentence: 'This entry gives no user name.',
      effect: `${whoOf(loaded.arn)} is let in, and kubectl top and other extension APIs answer Unauthorized.`,
      fix: username === undefined ? undefined : withValues(found, { username }),
    };
  }
}
