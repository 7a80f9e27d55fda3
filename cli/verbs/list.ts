/** `list`: who can log in as whom, and which entries are not in force. Pure. */
import { boundWords } from '../../access/explain/bound-words';
import { type Identity } from '../../access/explain/identity';
import { identitiesOf } from '../../access/explain/identities';
import { fromOf, ownerOf, userOf, withOf } from '../../access/explain/identity-words';
import { type SeenCluster } from '../../access/explain/seen-cluster';
import { headlineOf, isPartial, unseenOf } from '../../access/explain/summary';
import { type Looked } from '../input/look';
import { type Outcome } from '../outcome';
import { commandFor } from '../next-command';
import { lineOf, type Line } from '../text/line';
import { table } from '../text/table';
import { wrapped } from '../text/wrap';
import { identityJson } from './identity-json';

export function list(looked: Looked): Outcome {
  const { cluster, name } = looked;
  const identities = identitiesOf(cluster);
  const summary = headlineOf(identities, cluster);
  const unseen = unseenOf(cluster);
  const head = cluster.mode === undefined ? name : `${name}, ${cluster.mode}`;
  const working = identities.filter(({ reason }) => reason === undefined);
  const others = identities.filter(({ reason }) => reason !== undefined);
  return {
    exitCode: isPartial(cluster) || isOpen(looked, identities) ? 2 : 0,
    text: (width) => [
      lineOf(wrapped(head, width)[0] ?? '', 'strong'),
      ...[summary, ...unseen].flatMap((text) => wrapped(text, width)).map((text) => lineOf(text)),
      ...(working.length === 0 ? [] : [[], ...workingTable(working, cluster, width)]),
      ...(others.length === 0 ? [] : [[], lineOf('Not in force', 'strong'), ...othersTable(others, width)]),
    ],
    plain: identities.map((identity) => [
      identity.standing,
      identity.principal,
      userOf(identity),
      [...identity.groups, ...identity.policies.map(({ policyArn }) => policyArn)].join(','),
      fromOf(identity),
      ownerOf(identity),
      identity.reason?.rule ?? '',
      identity.reason?.clause ?? '',
      ...(cluster.bindings === undefined || identity.reason !== undefined
        ? []
        : [boundWords(cluster, identity)]),
    ]),
    json: {
      command: 'list',
      file: name,
      mode: cluster.mode ?? null,
      summary,
      unseen,
      identities: identities.map((identity) => identityJson(identity, cluster)),
    },
    hints: others.length === 0 ? [] : [lineOf(`Next: ${commandFor('doctor', looked)}`)],
  };
}

function workingTable(identities: readonly Identity[], cluster: SeenCluster, width: number): readonly Line[] {
  return table(
    [
      { head: '', style: () => 'warn' },
      { head: 'WHO' },
      { head: 'AS KUBERNETES USER' },
      { head: 'WITH' },
      { head: 'BOUND TO' },
      { head: 'FROM' },
      { head: 'OWNER' },
    ],
    identities.map((identity) => [
      identity.standing === 'in force' ? '' : '?',
      identity.who,
      userOf(identity),
      withOf(identity),
      cluster.bindings === undefined ? '' : boundWords(cluster, identity),
      fromOf(identity) + (identity.standing === 'at random' ? ', at random' : ''),
      ownerOf(identity),
    ]),
    width,
  );
}

/** Whether what was not looked at may change who gets in. */
function isOpen({ cluster }: Looked, identities: readonly Identity[]): boolean {
  const isUnseen = cluster.mode === 'API' && cluster.accessEntries === undefined;
  return isUnseen || identities.some(({ standing }) => standing === 'unknown');
}

function othersTable(identities: readonly Identity[], width: number): readonly Line[] {
  return table(
    [
      { head: '', style: (mark) => (mark === '!' ? 'warn' : 'error') },
      { head: '' },
      { head: '' },
      { head: '' },
    ],
    identities.map((identity) => [
      identity.reason?.isReplaced === true ? '!' : '✗',
      identity.who,
      fromOf(identity),
      identity.reason?.clause ?? '',
    ]),
    width,
  );
}
