/** What the walks are told in. */
import { type ForeignAct, type Wish } from '../model/foreign';
import { loginOf, type Mapping, NODE_LOGIN } from '../model/mapping';
import { type PrincipalName } from '../model/names';
import { type Start } from '../step';

export const TEAM: Mapping = { type: 'role', principal: 'one', user: 'team', groups: ['dev'] };
export const OPS: Mapping = { ...TEAM, groups: ['ops'] };
/** A cluster administrator's, for which EKS takes two calls. */
export const CHIEF: Mapping = { ...TEAM, groups: ['system:masters'] };
export const NODES: Mapping = { type: 'role', principal: 'node', user: '', groups: [], node: true };

export const AS_TEAM = loginOf('team', ['dev']);
export const AS_OPS = loginOf('team', ['ops']);
export const AS_CHIEF = loginOf('team', ['system:masters']);
export const AS_NODE = NODE_LOGIN;
export const AS_PERSON = loginOf('person', ['by-hand']);
export const AS_PROVIDER = loginOf('provider', ['cfn-eks-access']);
export const NOBODY = 'nobody';

const PERSON = { user: 'person', groups: ['by-hand'] };
const PROVIDER: ForeignAct = {
  act: 'map',
  principal: 'provider',
  wish: { user: 'provider', groups: ['cfn-eks-access'], style: 2 },
};

export function byHand(principal: PrincipalName, wish: Partial<typeof PERSON> = {}): ForeignAct {
  return { act: 'map', principal, wish: { ...PERSON, ...wish, style: 1 } };
}

export function entryByHand(principal: PrincipalName, wish: Partial<Wish> = {}): ForeignAct {
  return { act: 'entry', principal, wish: { ...PERSON, ...wish } };
}

export const NODES_BY_HAND: ForeignAct = {
  act: 'map',
  principal: 'node',
  wish: { user: '', groups: [], node: true, style: 0 },
};

export function start(mode: Start['mode'], ...acts: readonly ForeignAct[]): Start {
  return { mode, hasConfigMap: true, takeover: 'any', acts: [{ act: 'note', number: 0 }, PROVIDER, ...acts] };
}
