/** From a request to its user: the bearer token, checked as GT-41 to GT-46 say, its signature included. */
import { identifyCaller } from '../identity/caller';
import { type CallerIdentity, type LocalIam } from '../identity/iam';
import { claimFromQuery } from '../identity/sigv4';
import { parseDate, readToken } from './token';

export interface TokenWorld {
  readonly iam: LocalIam;
  /** What `x-k8s-aws-id` must have been signed with: the name of the cluster (GT-43). */
  readonly clusterName: string;
  /** Of the local STS, which counts as that of the cluster's region. */
  readonly stsHost?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** STS refuses signatures from further in the future than this. */
const clockSkewMs = 5 * 60_000;

/** Who made the token, or why it is refused. */
export function readCaller(token: string, world: TokenWorld): CallerIdentity | { readonly refused: string } {
  const { iam, clusterName, now, stsHost } = world;
  const reading = readToken(token, { partition: iam.partition, region: iam.region, now, stsHost });
  if ('refused' in reading) return reading;
  const { query, host, region } = reading;
  const claim = claimFromQuery(query);
  if (!claim) return { refused: 'the pre-signed URL carries no credential' };
  if (claim.service !== 'sts' || claim.region !== region)
    return { refused: 'the credential is scoped to another service or region' };
  if ((parseDate(claim.date) ?? 0) > now + clockSkewMs)
    return { refused: 'the signature is not yet current' };
  // What the authenticator sends to STS: nothing but these headers, so nothing else may have been signed.
  const headers = { host, 'x-k8s-aws-id': clusterName, accept: 'application/json' };
  const replayed = { method: 'GET', path: '/', query, headers, body: Buffer.alloc(0) };
  const identified = identifyCaller(iam, replayed, claim);
  return 'caller' in identified ? identified.caller : { refused: identified.message };
}
