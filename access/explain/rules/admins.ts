/** Who has full control, and what is left if one loses it (GT-51, GT-94). */
import { hasFullControl } from '../full-control';
import { identitiesIn } from '../identities';
import { arePoliciesUnseen } from '../summary';
import { principalKeyOf } from '../who';
import { type View } from '../view';
import { creatorDemoted } from './creator-demoted';
import { type Draft } from './draft';

/** Only where all that the cluster reads was seen. */
export function* adminRules(view: View): Generator<Draft> {
  const { mode, awsAuth, accessEntries, bindings } = view.cluster;
  const readsMap = mode !== 'API';
  const isMapSeen = awsAuth?.state === 'read' || awsAuth?.state === 'absent';
  if (mode === undefined || (readsMap && !isMapSeen)) return;
  if (mode !== 'CONFIG_MAP' && (accessEntries?.state !== 'read' || arePoliciesUnseen(view.cluster))) return;
  const identities = identitiesIn(view).filter(({ standing }) => standing !== 'not in force');
  const admins = [
    ...new Map(
      identities
        .filter((each) => hasFullControl(each, bindings))
        .map((each) => [principalKeyOf(each.principal), each]),
    ).values(),
  ];
  const [only] = admins;
  if (only === undefined) {
    yield {
      rule: 'creator-only',
      sentence:
        mode === 'CONFIG_MAP'
          ? 'Only the creator of the cluster has full control: no entry is in system:masters.'
          : 'Nobody has full control: no access entry has AmazonEKSClusterAdminPolicy for the cluster.',
      effect:
        mode === 'CONFIG_MAP'
          ? 'Where that role is gone, or is of a run that is over, a mistake here locks everybody out.'
          : 'Roles that may call eks:CreateAccessEntry can still give it.',
    };
  } else if (admins.length === 1) {
    yield {
      rule: 'single-admin',
      principal: only.principal,
      span: only.from.place === 'aws-auth' ? only.from.span : undefined,
      sentence: `${only.who} is the only one with full control${mode === 'CONFIG_MAP' ? ' beside the creator of the cluster' : ''}.`,
      effect: 'Without it nobody is left to repair access: give it to a second role.',
    };
  }
  yield* creatorDemoted(view, identities);
}
