/** A step in one clause, without its full stop, the same for every face. Pure. */
import { describeGives } from '../../login-identity';
import { listOf, whoOf } from '../../explain/who';
import { type Action } from './step';

export function tellStep(action: Action): string {
  switch (action.do) {
    case 'copy':
      return `copy aws-auth to ConfigMap kube-system/${action.name}`;
    case 'change mode':
      return action.to === 'API'
        ? 'change the mode to API, which does not read aws-auth; there is no way back'
        : 'change the mode to API_AND_CONFIG_MAP, which reads aws-auth as before; there is no way back';
    case 'wait':
      return `wait: ${action.what}`;
    case 'make entry': {
      const { principalArn, type, username, groups, policies } = action.entry;
      return `make the access entry of ${whoOf(principalArn)}: ${describeGives({ type, userName: username, groups, policies })}`;
    }
    case 'add policies':
      return `finish the access entry of ${whoOf(action.principalArn)}`;
    case 'prove':
      return 'log in with a new token, to prove that you get in';
    case 'bake':
      return `wait until ${new Date(action.until).toISOString()}, when the newest access entry is old enough`;
    case 'take out':
      return `take ${whoOf(action.principal)} out of aws-auth`;
    case 'put back':
      return `put ${listOf(action.principals.map(whoOf))} back into aws-auth`;
    case 'delete entry':
      return `delete the access entry of ${whoOf(action.principalArn)}`;
  }
}

/** Whom a step is about; undefined for those that are about the cluster. */
export function principalOf(action: Action): string | undefined {
  switch (action.do) {
    case 'make entry':
      return action.entry.principalArn;
    case 'add policies':
    case 'delete entry':
      return action.principalArn;
    case 'take out':
      return action.principal;
    default:
      return undefined;
  }
}
