/** What people copy along with a manifest. */
export interface Cause {
  readonly at: number;
  readonly sentence: string;
}

const COPIED_ALONG: readonly (readonly [RegExp, string])[] = [
  [/^[ \t]*```/m, 'This line is Markdown around the manifest, not YAML: remove the lines with ```.'],
  [
    /^.*<<-?[ \t]*["']?\w+["']?.*$/m,
    'This line is of a shell, and so is the one that ends it (EOF): remove both.',
  ],
  [
    /^[ \t]*(?:[$>%][ \t]+)?(?:kubectl|aws|eksctl)[ \t].*$/m,
    'This line is the command that printed the manifest: remove it.',
  ],
];

export function copiedAlong(text: string): Cause | undefined {
  for (const [pattern, sentence] of COPIED_ALONG) {
    const found = pattern.exec(text);
    // In front of the manifest.
    const isOutside = found !== null && !/^[ \t]*\S.*:/m.test(text.slice(0, found.index));
    if (isOutside) return { at: found.index + found[0].search(/\S/), sentence };
  }
  return undefined;
}
