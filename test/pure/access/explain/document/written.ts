/** Generated manifests: texts of sections, written in every scalar style by a writer that knows no reader. */
import fc from 'fast-check';
import { type Section } from '../../../../../access/aws-auth/identity-mapping';

export type Style = 'literal' | 'folded' | 'double' | 'wrapped' | 'single' | 'json';

const words = fc.constantFrom(
  '- rolearn: arn:aws:iam::111122223333:role/dev',
  '  username: "{{SessionName}}"',
  '  groups: [\'a\', "b"]',
  '  - system:masters # über 😀',
  '- \\back\\',
  '# comment',
  '   ',
  '\tx',
  'a: b',
  '---',
  '',
  '',
  '- 日本',
);

/** Lines as sections have them, and lines as nobody would write them. */
export const sectionTexts: fc.Arbitrary<string> = fc
  .tuple(fc.array(words, { maxLength: 6 }), fc.constantFrom('', '\n', '\n\n'))
  .map(([lines, end]) => lines.join('\n') + end);

/** Such as folding and single quotes can hold. */
export const tameTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom("it's", '- a: "b"', '😀 über', '# c', '\\'), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', '\n'),
  )
  .map(([lines, end]) => lines.join('\n') + end);

export const styles = fc.constantFrom<Style>('literal', 'folded', 'double', 'wrapped', 'single', 'json');

export interface Layout {
  readonly style: Style;
  readonly lineBreak: '\n' | '\r\n';
  readonly bom: boolean;
  readonly indent: number;
  /** Which characters are written as escapes where the style has them. */
  readonly escapes: number;
  readonly inList: boolean;
}

export const layouts: fc.Arbitrary<Layout> = fc.record({
  style: styles,
  lineBreak: fc.constantFrom('\n', '\r\n'),
  bom: fc.boolean(),
  indent: fc.integer({ min: 1, max: 5 }),
  escapes: fc.nat(6),
  inList: fc.boolean(),
});

export type Texts = Readonly<Partial<Record<Section, string>>>;

/** Undefined where a text cannot be written in that style. */
export function manifest(texts: Texts, layout: Layout): string | undefined {
  if (layout.style === 'json') return jsonManifest(texts, layout);
  const lines = ['# Please edit the object below.', 'apiVersion: v1', 'data:'];
  for (const [section, text] of Object.entries(texts)) {
    const scalar = writers[layout.style](text, layout);
    if (scalar === undefined) return undefined;
    lines.push(`  ${section}: ${scalar}`);
  }
  lines.push('kind: ConfigMap', 'metadata: {name: aws-auth, namespace: kube-system}', '');
  const listed = layout.inList
    ? [
        'kind: List',
        'items:',
        ...lines.map((line, index) => (index === 0 ? `- ${line}` : line.replace(/^(?=.)/gm, '  '))),
      ]
    : lines;
  const text = (layout.bom ? '\ufeff' : '') + listed.join('\n');
  return text.replace(/\n/g, layout.lineBreak);
}

function jsonManifest(texts: Texts, { lineBreak, bom, escapes, inList }: Layout): string {
  const metadata = { name: 'aws-auth', namespace: 'kube-system' };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: texts };
  const whole = inList ? { kind: 'List', items: [object] } : object;
  let text = JSON.stringify(whole, undefined, 2);
  // What JSON has and YAML 1.1 has not.
  if (escapes > 3) text = text.replace(/\//g, '\\/').replace(/😀/g, '\\ud83d\\ude00');
  return (bom ? '\ufeff' : '') + text.replace(/\n/g, lineBreak);
}

const writers: Readonly<
  Record<Exclude<Style, 'json'>, (text: string, layout: Layout) => string | undefined>
> = {
  literal: (text, { indent }) => block('|', text, text, indent),
  folded: (text, { indent }) => {
    // Each break that would be folded is written twice.
    const folded = text.replace(/(?<=^|\n)([^\s][^\n]*)\n(?=[^\s])/g, '$1\n\n');
    return /\n\n|(?:^|\n)\s|^$/.test(text.replace(/\n$/, '')) ? undefined : block('>', text, folded, indent);
  },
  double: (text, { escapes }) => `"${[...text].map((one, index) => escape(one, escapes, index)).join('')}"`,
  wrapped: (text, { escapes, indent }) => {
    const written = [...text].map((one, index) => {
      const character = escape(one, escapes, index);
      if (index % 9 !== 4) return character;
      // As kubectl does: the next line begins with its first word, so a space there is escaped.
      return `\\\n${' '.repeat(4 + indent)}${character === ' ' ? '\\ ' : character}`;
    });
    return `"${written.join('')}"`;
  },
  single: (text, { indent }) => {
    if (/[ \t]\n|\n[ \t]|^\n|\n$|---/.test(text)) return undefined;
    return `'${text.replace(/'/g, "''").replace(/\n+/g, (breaks) => `${breaks}\n${' '.repeat(2 + indent)}`)}'`;
  },
};

function block(indicator: string, text: string, written: string, indent: number): string | undefined {
  const body = written.replace(/\n+$/, '');
  if (body === '' || /^\s/.test(body) || /^\n/.test(text)) return undefined;
  const ends = text.length - text.replace(/\n+$/, '').length;
  const chomping = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(2 + indent) + line));
  return `${indicator}${chomping}\n${lines.join('\n')}${'\n'.repeat(Math.max(0, ends - 1))}`;
}

function escape(one: string, escapes: number, index: number): string {
  const code = one.codePointAt(0) ?? 0;
  if (one === '\n') return '\\n';
  if (one === '\t') return '\\t';
  if (one === '"' || one === '\\') return `\\${one}`;
  if (escapes === 0 || index % (escapes + 1) !== 0) return one;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
  return code < 0x100 && index % 2 === 0
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
