/** Which requests one warm event makes: counted at the servers, as the difference that a second event makes. */
import { runFunction } from './function-process';
import { type Stage } from './stage';

export const FLOOR = 'Describe, GET, PUT, answer';
export const CREATE_FLOOR = 'Describe, GET, PUT, stack, answer';

export function processOf(
  stage: Stage,
  file: string,
  nodePath: string,
): { file: string; nodePath: string; functionArn: string; environment: Record<string, string> } {
  return { file, nodePath, functionArn: stage.serviceToken, environment: stage.environment() };
}

/** One process with a Create and then one more event; the requests of the second alone, in the order of the servers. */
export async function countWarmRequests(
  stage: Stage,
  file: string,
  nodePath: string,
): Promise<{ readonly create: string; readonly update: string }> {
  const count = async (name: string, type: 'Create' | 'Update', second: string): Promise<string> => {
    const cluster = await stage.cluster(name);
    const asked = { cluster: name, roleName: 'one' };
    const counts = (): readonly number[] => {
      const { eks, cloudformation, answers } = stage.requests();
      const methods = cluster.kubernetes.requests.map(({ method }) => method);
      const of = (wanted: string): number => methods.filter((method) => method === wanted).length;
      return [eks, of('GET'), of('PUT'), methods.length - of('GET') - of('PUT'), cloudformation, answers];
    };
    const process = processOf(stage, file, nodePath);
    const create = stage.event({ type: 'Create', ...asked });
    const warmEvent = stage.event({ type, ...asked, roleName: second, groups: ['team-b'] });
    const start = counts();
    await runFunction({ ...process, events: [create] });
    const alone = counts();
    // Another principal each time: the first process has done its own already.
    const again = stage.event({ type: 'Create', ...asked, roleName: 'two' });
    const before = counts();
    await runFunction({ ...process, events: [again, warmEvent] });
    const after = counts();
    const names = ['Describe', 'GET', 'PUT', 'other', 'stack', 'answer'];
    return names
      .flatMap((what, index) => {
        const both = (after[index] ?? 0) - (before[index] ?? 0);
        const times = both - ((alone[index] ?? 0) - (start[index] ?? 0));
        return times === 0 ? [] : [times === 1 ? what : `${times} × ${what}`];
      })
      .join(', ');
  };
  return {
    create: await count('count-create', 'Create', 'three'),
    update: await count('count-update', 'Update', 'one'),
  };
}
