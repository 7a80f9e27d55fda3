/** TagResource, UntagResource, ListTagsForResource; these have exceptions of their own (GT part C1). */
import { authorize, label, type Call } from './call';
import { type ClusterState, type EntryState } from './cluster-state';
import { EksError } from './eks-error';
import { readTags } from './tag-rules';

export function tagResource(call: Call): unknown {
  const tagged = requireTagged(call, 'eks:TagResource');
  const badRequest = (message: string): Error => new EksError('BadRequestException', message);
  const tags = { ...tagged.tags, ...readTags(call.body, badRequest) };
  if (Object.keys(tags).length > 50) throw badRequest('The number of tags must be less than or equal to 50');
  tagged.tags = tags;
  return {};
}

export function untagResource(call: Call): unknown {
  const tagged = requireTagged(call, 'eks:UntagResource');
  const gone = new Set(call.query.getAll('tagKeys'));
  tagged.tags = Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !gone.has(key)));
  return {};
}

export function listTagsForResource(call: Call): unknown {
  return { tags: requireTagged(call, 'eks:ListTagsForResource').tags };
}

function requireTagged(call: Call, action: string): ClusterState | EntryState {
  const arn = label(call, 0);
  authorize(call, action, arn);
  if (!/^arn:[^:]+:eks:[^:]*:[0-9]{12}:[^:]+$/.test(arn))
    throw new EksError('BadRequestException', `Invalid resource ARN: ${arn}`);
  for (const cluster of call.world.clusters.values()) {
    if (cluster.arn === arn) return cluster;
    for (const entry of cluster.entries.values()) if (entry.accessEntryArn === arn) return entry;
  }
  throw new EksError('NotFoundException', `The resource ${arn} could not be found`);
}
