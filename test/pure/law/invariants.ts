/** What holds after every step and at the end, beside the judgement of each write (`model/ledger.ts`). */
import { PLACES, PRINCIPAL_NAMES, type PrincipalName } from './model/names';
import { foundByFailed } from './model/half-given-back';
import { loginOfContent } from './model/cluster';
import { TAGS } from '../../../access/contract';
import { isUnclear } from './model/cell';
import { askedRights } from './model/mapping';
import { rightsOf, rightsSaid } from './model/rights-given';
import { type World } from './model/world';

const PRECIOUS: readonly PrincipalName[] = ['node', 'provider'];

/** Nodes and the provider itself log in as foreign writers alone would have it, whatever stacks do. */
export function checkLogins({ cluster, foreign, ledger }: World): readonly string[] {
  return PRECIOUS.flatMap((name) => {
    const places = PLACES.filter((place) => cluster.reads(place));
    // What a resource of ours was entitled to take is judged when it takes it.
    if (places.some((place) => ledger.isHeld(place, name) || isUnclear(ledger.cell(place, name)))) return [];
    const content = places.map((place) => foreign.content(place, name)).find((found) => found !== undefined);
    if (content === undefined) return [];
    const [wanted, actual] = [loginOfContent(content), cluster.login(name)];
    return wanted === actual ? [] : [`${name} logs in as ${actual ?? 'nobody'}, not ${wanted ?? 'nobody'}`];
  });
}

/** Nobody may do more by named rights than resources that are there ask for, or people have given. */
export function checkRights(world: World): readonly string[] {
  const { cluster, foreign, ledger, stacks } = world;
  const asked = [...stacks.values()].flatMap(({ resources, unfinished }) =>
    [...resources.values(), ...unfinished.values()].flatMap(({ mapping, attempted }) => [
      mapping,
      ...(attempted ? [attempted] : []),
    ]),
  );
  return PRINCIPAL_NAMES.flatMap((name) => {
    if (PLACES.some((place) => isUnclear(ledger.cell(place, name)))) return [];
    const may = new Set([
      ...asked.filter(({ principal }) => principal === name).flatMap(askedRights),
      ...PLACES.flatMap((place) => rightsSaid(foreign.content(place, name))),
      ...PLACES.flatMap((place) => foundByFailed(world, ledger.cell(place, name)).flatMap(rightsSaid)),
    ]);
    return [...rightsOf(cluster, name)]
      .filter((token) => !may.has(token))
      .map((token) => `${name} has ${token}, which nobody asks for`);
  });
}

/** After the last Delete: no record is left. */
export function checkEnd({ cluster, ledger }: World): readonly string[] {
  const isAbandoned = PLACES.some((place) =>
    PRINCIPAL_NAMES.some((name) => isUnclear(ledger.cell(place, name))),
  );
  if (isAbandoned) return [];
  const annotations = Object.keys(cluster.configMap?.annotations ?? {}).filter(
    (key) => key.startsWith('cfn-eks-access/') && key !== 'cfn-eks-access/last-delete',
  );
  const givenUp = [...ledger.abandoned].map((owner) => owner.replace('#', '/'));
  const tagged = [...cluster.entries].filter(
    ([, { tags }]) =>
      Object.keys(tags).some((key) => key.startsWith('cfn-eks-access:')) &&
      !givenUp.some((owner) => tags[TAGS.owner]?.endsWith(owner)),
  );
  return [
    ...annotations.map(
      (key) => `the annotation ${key} is left: ${cluster.configMap?.annotations[key] ?? ''}`,
    ),
    ...tagged.map(([arn]) => `a record is left on the access entry of ${arn}`),
  ];
}
