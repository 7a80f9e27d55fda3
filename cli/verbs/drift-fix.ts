/** `drift --fix`: the merge patch that takes the orphans out of aws-auth, and no other byte. Pure. */
import { driftOf } from '../../access/explain/drift/drift';
import { type SeenStacks } from '../../access/explain/drift/seen-stack';
import { withoutOrphans } from '../../access/explain/drift/without-orphans';
import { type Looked } from '../input/look';
import { type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf } from '../text/line';

/** It names the version that was read: where aws-auth has changed since, the API server refuses it. */
export function driftFix(
  { cluster }: Looked,
  stacks: SeenStacks,
  isAsked: ((stack: string) => boolean) | undefined,
): Outcome {
  const { items, unseen } = driftOf(cluster, stacks, isAsked);
  if (unseen.length > 0)
    throw new Problem(unseen[0] ?? '', 'Nothing is removed while something is not known.');
  const patch = withoutOrphans(cluster, items);
  if ('refused' in patch) throw new Problem(`aws-auth cannot be edited: ${patch.refused}.`);
  if (patch.removed.length === 0) throw new Problem('aws-auth has no orphans.');
  const { awsAuth } = cluster;
  const resourceVersion = awsAuth?.state === 'read' ? awsAuth.resourceVersion : undefined;
  if (resourceVersion === undefined)
    throw new Problem('--fix needs aws-auth of the cluster, and not a file.');
  const metadata = { resourceVersion, annotations: patch.annotations };
  return {
    exitCode: 0,
    text: () => [],
    plain: [],
    json: {},
    document: `${JSON.stringify({ metadata, data: patch.data }, undefined, 2)}\n`,
    hints: patch.removed.map(({ who, stack, logicalId }) =>
      lineOf(`removes ${who}, which was ${logicalId} of stack ${stack}`),
    ),
  };
}
