/** What is wrong with the YAML of a template, in the words of templates. Pure. */
import { type YAMLException } from 'js-yaml';
import { editDistance } from './suggestion';

/** `line 3, column 7: …`; `tags`: those that templates have. */
export function yamlSentence({ mark, reason }: YAMLException, tags: readonly string[]): string {
  const place = mark ? `line ${mark.line + 1}, column ${mark.column + 1}: ` : '';
  return place + wordsFor(reason, tags);
}

function wordsFor(reason: string, tags: readonly string[]): string {
  if (reason.startsWith('deficient indentation'))
    return 'brackets or quotes that begin above are not closed before this line, which is no part of them by its indentation';
  if (reason === 'bad indentation of a mapping entry')
    return 'a key is not in line with those above it, or something follows a value that has ended';
  if (reason === 'duplication of a tag property')
    return 'a short form cannot follow another on one line: write the outer function in its long form, as in "Fn::ImportValue: !Sub x"';
  if (reason.startsWith('expected a document'))
    return 'it is empty: write a mapping with a Resources section';
  if (reason.startsWith('expected a single document'))
    return 'it has several YAML documents, and a template is one: leave one, without a line "---" after it';
  const [, tag] = /^unknown \w+ tag !<(.*)>$/.exec(reason) ?? [];
  if (tag === undefined) return reason;
  if (tag.startsWith('!Rain::'))
    return `${tag} belongs to the tool rain: give the template that "rain pkg" makes`;
  const long = /^!Fn::(.*)$/.exec(tag)?.[1];
  if (long !== undefined)
    return `${tag} is no function of CloudFormation: write "!${long}", or "Fn::${long}:" without the exclamation mark`;
  const near = tags.find((known) => editDistance(known.toLowerCase(), tag.toLowerCase()) < 2);
  return `${tag} is no function of CloudFormation${near === undefined ? '' : `: did you mean "${near}"?`}`;
}
