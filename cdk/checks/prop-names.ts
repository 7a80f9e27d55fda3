/** Sentences of the function, which name the properties of a template, in the words of those who write constructs. */
import { PROPERTY_NAMES } from '../../schemas/generated/property-names';

/** Properties that are not called as the prop is, but for the first letter. */
const OWN_NAMES: Readonly<Record<string, string>> = { Cluster: 'clusterName', Type: 'entryType' };

/** The props of one resource type that stand for a property of it. */
export function propNamesOf(resourceType: string): readonly string[] {
  const names = PROPERTY_NAMES[`${resourceType.replace('Custom::', '')}Properties`] ?? [];
  return names.map(propName);
}

function propName(property: string): string {
  return OWN_NAMES[property] ?? `${property.charAt(0).toLowerCase()}${property.slice(1)}`;
}

/** What is in quotes is what the author wrote, and stays. */
const QUOTED = /("(?:[^"\\]|\\.)*")/;

/** Text that is put in another way, the more special before the more general. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bcluster cluster\b/g, 'the cluster'],
  [/\bwrite !Sub before the text for\b/g, 'write Fn.sub of the text for'],
  [
    /, which is what !Ref of a role or user gives: write !GetAtt LOGICALID\.Arn, or\b/g,
    ': give role or user, or',
  ],
  [/!Ref a parameter of Type AWS::SSM::Parameter::Value<String>/g, 'StringParameter.valueForStringParameter'],
  [/\bCustom::(Eks\w+)/g, '$1'],
  [/, in quotes so that YAML keeps a leading zero/g, ''],
  [/: put it in quotes/g, ''],
  [/ in EKS_ACCESS_GUARDRAILS\b/g, ' in its guardrails'],
  [/\.?\bAccessScope\.Namespaces\b/g, '.namespaces'],
  [/\bAccessScope of (\S+) has Type (cluster|namespace)\b/g, 'the scope of $1 is $2'],
  [/\]\.AccessScope\b/g, '] scope'],
  [/\bwrite Type: (cluster|namespace)\b/g, 'leave namespaces out'],
  [/(\bAccessPolicies\[\d+\])\.PolicyArn\b/g, '$1'],
  [/\bPolicyArn is\b/g, 'accessPolicies has'],
  [/!Split (?=\[)/g, 'Fn.split of '],
  [/\bNamespaces\b/g, 'namespaces'],
];

/** A part of the path of a construct is none. */
const PROPERTIES = new RegExp(
  `(?<!/)\\b(${[...new Set(Object.entries(PROPERTY_NAMES).flatMap(([path, names]) => (/^Eks\w+Properties$/.test(path) ? names : [])))].join('|')})\\b(?![(/])`,
  'g',
);

/** The sentence with prop names (`roleArn`, `groups`) for property names, and constructs for resource types. */
export function inPropNames(sentence: string): string {
  return sentence
    .split(QUOTED)
    .map((part, index) => (index % 2 === 1 ? part : outsideQuotes(part)))
    .join('');
}

function outsideQuotes(text: string): string {
  const put = PHRASES.reduce((changed, [pattern, instead]) => changed.replace(pattern, instead), text);
  return put.replace(PROPERTIES, (name) => propName(name));
}
