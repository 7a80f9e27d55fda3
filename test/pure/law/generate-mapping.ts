/** What a template of a sequence asks for. */
import { type Random } from '../../random';
import { type Mapping } from './model/mapping';
import { type PrincipalName } from './model/names';

export function principalFrom(random: Random): PrincipalName {
  return random.pick(['one', 'one', 'one', 'two', 'two', 'node', 'node', 'admin', 'provider'] as const);
}

export function mappingOf(random: Random): Mapping {
  const principal = principalFrom(random);
  const type = random.once(3) ? 'entry' : 'role';
  const existing = random.pick([undefined, undefined, 'ADOPT', 'REPLACE'] as const);
  const forced = random.pick([undefined, undefined, undefined, 'CONFIG_MAP', 'CONFIG_MAP', 'API'] as const);
  const isNode = principal === 'node' && !random.once(3);
  return {
    type,
    principal,
    ...(isNode ? { user: '', groups: [], node: true } : identityOf(random, type)),
    ...(forced && type === 'role' ? { forced } : {}),
    // A node's entry holds no record of what ADOPT found.
    ...(existing && !(isNode && existing === 'ADOPT') ? { existing } : {}),
  };
}

/** Few values, so that what stacks and people write is often equal. */
export function identityOf(random: Random, type: Mapping['type']): Pick<Mapping, 'user' | 'groups'> {
  if (type === 'role' && random.once(8)) return { user: 'admin', groups: ['system:masters'] };
  // `{{SessionName}}` without a colon before it is nothing that an access entry can say.
  const users = type === 'role' ? ['u0', 'u0', 'u1', '{{SessionName}}'] : ['u0', 'u0', 'u1'];
  return { user: random.pick(users), groups: [random.pick(['g0', 'g0', 'g1'])] };
}
