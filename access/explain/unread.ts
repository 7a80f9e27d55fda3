/** What of a live cluster could not be read beside aws-auth and access entries, and what that leaves open. Pure. */
import { type Unread } from './seen-cluster';

export function unreadSentences(unread: readonly Unread[]): readonly string[] {
  return unread.map(({ what, why }) => UNREAD[what](why));
}

const UNREAD: Readonly<Record<Unread['what'], (why: string) => string>> = {
  cluster: (why) => `EKS did not describe the cluster (${why}): its authentication mode is not known.`,
  'access policies': (why) => `Access policies could not be listed (${why}): what they give is missing here.`,
  'node roles': (why) => `Node groups could not be read (${why}): whether their nodes can join is not known.`,
  'identity providers': (why) =>
    `OIDC identity providers could not be read (${why}): whether one can name groups of this provider is not known.`,
  bindings: (why) => `Bindings could not be read (${why}): what groups and user names give is not all known.`,
  roles: (why) => `IAM roles could not be read (${why}): which were made again is not known.`,
};
