/** Documents for tests of the page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBytes } from '../../../access/explain/document/decode-bytes';
import { type PageInput } from '../../../site/model/page-input';
import { type SeenPage, seenPage } from '../../../site/model/seen-page';
import { CORPUS, corpus } from '../access/aws-auth/reading/corpus';

export function pageOf(document: string, more: Partial<PageInput> = {}): SeenPage {
  return seenPage({ document, accessEntries: '', mode: undefined, ...more });
}

/** Each document of the corpus as text, as it is pasted. */
export const documents: readonly (readonly [name: string, text: string])[] = corpus.map((name) => {
  const decoded = decodeBytes(readFileSync(join(CORPUS, name)));
  return [name, 'text' in decoded ? decoded.text : ''] as const;
});

export const ENTRY = JSON.stringify({
  accessEntry: {
    principalArn: 'arn:aws:iam::111122223333:role/dev',
    type: 'STANDARD',
    username: 'dev',
    kubernetesGroups: ['ops'],
  },
});
