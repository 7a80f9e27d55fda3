/** When the entry in the other place gives up its mark, and what a refusal of that comes to. */
import { ProviderError } from '../../../../access/errors';
import { type Elsewhere } from '../../../../access/sighting';
import { type Invocation } from '../../../../lambda/invocation';
import { unmarkElsewhere } from '../../../../lambda/putting/unmark-elsewhere';
import { account, role, ROLE } from '../../access/desired';
import { clusterNamed } from '../scheduled/simulated-account';
import { simulatedTime } from '../scheduled/simulated-time';

const cluster = clusterNamed('prod', 'API_AND_CONFIG_MAP');
const saw = (standing: string, isMarked: boolean): Elsewhere =>
  ({ state: 'seen', standing, sighting: { place: 'API', isMarked } }) as unknown as Elsewhere;
const MARKED = saw('self', true);
const denied = new ProviderError('AccessDenied', 'no');

interface Given {
  readonly looks?: readonly Elsewhere[];
  readonly desired?: ReturnType<typeof role>;
  /** Whether the other place has marks at all. */
  readonly hasMarks?: boolean;
  readonly refusal?: Error;
  readonly stackStatus?: string;
}

async function unmarked({ looks = [MARKED], desired = role(), hasMarks = true, ...given }: Given) {
  const asked: unknown[] = [];
  const logged: string[] = [];
  const invocation = {
    request: { requestType: 'Update', physicalResourceId: 'role|prod|arn:aws:iam::111122223333:role/dev' },
    owner: { stackId: 's', logicalId: 'A' },
    deadline: simulatedTime(60_000),
    log: (level: string, message: string) => void logged.push(`${level} ${message}`),
    edges: {
      stacks: { stack: async () => ({ state: 'known', status: given.stackStatus ?? 'UPDATE_IN_PROGRESS' }) },
    },
  };
  const unmark = async (request: { readonly principalArn: string }): Promise<void> => {
    if (given.refusal) throw given.refusal;
    asked.push(request.principalArn);
  };
  const backEnd = { place: 'API', ...(hasMarks ? { unmark } : {}) };
  await unmarkElsewhere(
    invocation as unknown as Invocation,
    { cluster, desired },
    { looks: looks.map(async (look) => look), other: () => backEnd as never },
  );
  return { asked, logged };
}

test.each<[string, Given, readonly string[]]>([
  ['of ours goes', {}, [ROLE]],
  ['of ours goes, whichever of the looks has shown it', { looks: [{ state: 'nothing' }, MARKED] }, [ROLE]],
  ['of another owner stays', { looks: [saw('foreign', true)] }, []],
  ['that is not there', { looks: [saw('self', false)] }, []],
  ['where nothing is', { looks: [{ state: 'nothing' }] }, []],
  ['where nobody has looked', { looks: [] }, []],
  ['in a place that has no marks', { hasMarks: false }, []],
  ['of a whole account, which has no access entry', { desired: account() }, []],
])('a mark %s', async (_, given, asked) => {
  expect(await unmarked(given)).toEqual({ asked, logged: [] });
});

test('what EKS does not allow stays, with a warning, while the stack goes back', async () => {
  expect(await unmarked({ refusal: denied, stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' })).toEqual({
    asked: [],
    logged: ['WARN the entry in the other place still says that it is the only one'],
  });
});

test.each<[string, Given & { readonly refusal: Error }]>([
  ['of an Update that goes on', { refusal: denied }],
  [
    'for another reason',
    {
      refusal: new ProviderError('ServiceUnavailable', 'later'),
      stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS',
    },
  ],
])('a refusal %s is the answer', async (_, given) => {
  await expect(unmarked(given)).rejects.toBe(given.refusal);
});
