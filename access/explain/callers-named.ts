/** Who logs in under a user name, as errors of RBAC tell it. Pure. */
import { userNamePattern } from './bound';
import { identitiesIn } from './identities';
import { type SeenCluster } from './seen-cluster';
import { viewOf } from './view';

const SESSION = '{{SessionName}}';

/** ARNs to ask about, with the session where the user name tells it; none where no entry gives the name. */
export function callersNamed(cluster: SeenCluster, userName: string): readonly string[] {
  return identitiesIn(viewOf(cluster)).flatMap(({ principal, userName: template = '', standing }) => {
    if (standing === 'not in force') return [];
    if (template === userName) return [principal];
    return userNamePattern(template)?.test(userName) === true
      ? [sessionArn(principal, template, userName)]
      : [];
  });
}

function sessionArn(principal: string, template: string, userName: string): string {
  const [before = '', after] = template.split(SESSION);
  const role = /^(arn:[^:]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/i.exec(principal);
  if (role === null || after === undefined || /\{\{/.test(before + after)) return principal;
  const session = userName.slice(before.length, userName.length - after.length);
  return `${role[1]}:sts::${role[2]}:assumed-role/${role[3]}/${session}`;
}
