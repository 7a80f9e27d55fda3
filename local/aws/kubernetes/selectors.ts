/**
 * Which objects a list or watch is about: its field and label selectors, with what the API server refuses in them. Pure.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/
 */
import { badRequest } from './status';

export interface Selectable {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

type Matches = (metadata: Selectable) => boolean;

/** Throws StatusError. */
export function selectorOf(query: URLSearchParams): Matches {
  const terms = [
    ...split(query.get('fieldSelector') ?? '').map(fieldTerm),
    ...split(query.get('labelSelector') ?? '').map(labelTerm),
  ];
  return (metadata) => terms.every((matches) => matches(metadata));
}

/** At commas that are in no list of values. */
function split(selector: string): string[] {
  return selector
    .split(/,(?![^()]*\))/)
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

const FIELDS = ['metadata.name', 'metadata.namespace'];

function fieldTerm(term: string): Matches {
  const [, field = '', operator = '', value = ''] = /^([^=!]+?)\s*(==?|!=)\s*(.*)$/.exec(term) ?? [];
  if (field === '') throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  if (!FIELDS.includes(field))
    throw badRequest(
      `${JSON.stringify(field)} is not a known field selector: only ${FIELDS.map((name) => JSON.stringify(name)).join(', ')}`,
    );
  const isSame: Matches = ({ name, namespace = '' }) =>
    (field === 'metadata.name' ? name : namespace) === value;
  return operator === '!=' ? (metadata) => !isSame(metadata) : isSame;
}

const KEY = /^([\w.-]+\/)?[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/;

function labelTerm(term: string): Matches {
  const [, not = '', bare = ''] = /^(!?)\s*([^\s=!(),]+)$/.exec(term) ?? [];
  if (bare !== '') {
    const key = keyOf(bare);
    return ({ labels = {} }) => Object.hasOwn(labels, key) === (not === '');
  }
  const [, one = '', operator = '', value = ''] = /^([^\s=!(),]+)\s*(==?|!=)\s*([\w.-]*)$/.exec(term) ?? [];
  if (one !== '') return oneOf(keyOf(one), [value], operator !== '!=');
  const [, several = '', membership = '', values = ''] =
    /^([^\s=!(),]+)\s+(in|notin)\s*\(([\w., -]*)\)$/.exec(term) ?? [];
  if (several !== '')
    return oneOf(
      keyOf(several),
      values.split(',').map((item) => item.trim()),
      membership === 'in',
    );
  const [, found] = /^[^\s=!(),]+\s+(\S+)/.exec(term) ?? [];
  throw badRequest(
    found === undefined
      ? `found '${/^\W+/.exec(term)?.[0] ?? term}', expected: !, identifier, or 'end of string'`
      : `unable to parse requirement: found '${found}', expected: in, notin, =, ==, !=, gt, lt`,
  );
}

/** Objects without the label are among those that have none of the values. */
function oneOf(key: string, values: readonly string[], isWanted: boolean): Matches {
  return ({ labels = {} }) => (Object.hasOwn(labels, key) && values.includes(labels[key] ?? '')) === isWanted;
}

function keyOf(text: string): string {
  if (KEY.test(text)) return text;
  throw badRequest(
    `unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(text)}: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  );
}
