/**
 * Events that the function serves at the same time, on one cluster: at each call to a store the seeded scheduler decides
 * who goes on. CloudFormation takes the answers when all are there.
 */
import { type Random } from '../../../random';
import { type VirtualTime } from '../engine/time';
import { type Cluster } from './cluster';
import { PRINCIPAL_NAMES, type PrincipalName } from './names';
import { type Delivery, type Request, type Rival, type Turn } from './request';

/** More have too many orders. */
const MOST = 3;

/** Milliseconds that a call takes: some handlers do all that they do while another one waits for a single call. */
const LATENCIES = [1, 20, 50, 200];

/** What comes later finds that its time is over, or not, by how long a call takes. */
const HAS_TIME_MS = 300_000;
/** Older ones the function serves only where CloudFormation waits for one. */
const IS_LATE_MS = 45_000;

/** What one of them has of the others. */
export interface Company {
  readonly turn: Turn;
  /** What is about the same principal: what the answer says may be past when it is given. */
  readonly rival: Rival | undefined;
  /** Hears of the run of the function. */
  readonly tell: (delivery: Delivery) => void;
}

/** False where Lambda would see it fail. */
type Serve = (company?: Company) => Promise<boolean>;

export interface Arrival {
  readonly request: Request;
  /** Lambda has run it before. */
  readonly isRepeat: boolean;
  readonly serve: Serve;
  readonly resolve: (isAnswered: boolean) => void;
}

export class Gathering {
  readonly arrivals: Arrival[] = [];

  constructor(
    private readonly time: VirtualTime,
    private readonly random: Random,
  ) {}

  /** Resolves when the operation that sent the event may go on. */
  join(arrival: Omit<Arrival, 'isRepeat' | 'resolve'>): Promise<boolean> {
    return new Promise((resolve) =>
      this.arrivals.push({ ...arrival, isRepeat: arrival.request.runs > 0, resolve }),
    );
  }

  /**
   * Those that are served at the same time, in the order in which they begin; the others go one after the other. EKS has no
   * versions: nobody writes an access entry between our read of it and our write but a copy of the same event.
   */
  choose({ mode }: Cluster, requests: readonly Request[]): readonly Arrival[] {
    const left = this.arrivals.filter((arrival) => this.isInTime(arrival, mode === 'CONFIG_MAP', requests));
    const chosen: Arrival[] = [];
    while (left.length > 0 && chosen.length < MOST) {
      const [next] = left.splice(this.random.below(left.length), 1);
      const meets =
        next && chosen.every(({ request }) => mode === 'CONFIG_MAP' || !shares(request, next.request));
      if (meets) chosen.push(next);
    }
    return chosen;
  }

  /**
   * Of a resource that is being changed a copy of the event before may be under way: which event it waits for
   * CloudFormation does not tell (docs/law.md).
   */
  private isInTime(
    { request, isRepeat }: Arrival,
    isVersioned: boolean,
    requests: readonly Request[],
  ): boolean {
    const age = this.time.now() - request.requestedAt;
    const next = this.arrivals.find((other) => other.request.owner === request.owner && !other.isRepeat);
    if (!isRepeat || !next) return age < HAS_TIME_MS;
    const all = requests.filter(({ owner }) => owner === request.owner);
    return isVersioned && age < IS_LATE_MS && all.indexOf(next.request) - all.indexOf(request) === 1;
  }

  async serve(chosen: readonly Arrival[], tell: Company['tell']): Promise<readonly boolean[]> {
    return Promise.all(
      chosen.map(({ request, serve }, at) => {
        const rivals = chosen.filter((other, place) => place !== at && shares(other.request, request));
        const isCopy = rivals.every((other) => other.request === request);
        const rival = rivals.length === 0 ? undefined : isCopy ? 'a copy' : 'another event';
        return serve({ turn: this.turns(), rival, tell });
      }),
    );
  }

  private turns(): Turn {
    const pace = this.random.pick([1, 1, 10]);
    return (signal) => this.time.sleep(pace * this.random.pick(LATENCIES), signal);
  }
}

function shares(one: Request, other: Request): boolean {
  const names = namesIn(one);
  return namesIn(other).some((name) => names.includes(name));
}

function namesIn({ mapping, old, physicalId }: Request): readonly PrincipalName[] {
  return PRINCIPAL_NAMES.filter(
    (name) => mapping.principal === name || old?.principal === name || physicalId?.includes(`/${name}`),
  );
}
