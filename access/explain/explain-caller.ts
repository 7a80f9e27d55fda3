/** The answer for one caller without a remedy: the lookup, its reasoning, and what the login gives. Pure. */
import { boundSteps } from './bound-steps';
import { type Caller } from './caller';
import { type Explanation, type LoggedIn, type Step, type Verdict } from './explanation';
import { filledIn } from './filled-in';
import { type Answer, lookUp } from './lookup';
import { limited } from './sentence';
import { nodeStep } from './node-step';
import { relatedSteps } from './related';
import { policyText, rightsOf, withOf } from './rights';
import { unmatchedSteps } from './unmatched-steps';
import { mayHavePolicies } from './summary';
import { type SeenCluster } from './seen-cluster';
import { type View } from './view';

export function explainCaller(view: View, caller: Caller): Explanation {
  const answer = lookUp(view, caller);
  const steps: Step[] = [];
  if (!caller.isShort && caller.arn !== caller.canonical)
    steps.push(
      { label: 'caller', text: caller.arn, note: '' },
      {
        label: 'looked up',
        text: caller.canonical,
        note: caller.arn.includes(':assumed-role/')
          ? 'a session counts as its role'
          : 'the path does not count',
      },
    );
  steps.push(...relatedSteps(view, caller, answer));
  const login = loginOf(answer, caller);
  steps.push(...login.steps, ...nodeStep(view, answer, caller));
  if (login.as !== undefined) steps.push(...boundSteps(view.cluster, login, caller));
  const verdict = answer.place === 'unknown' ? 'CANNOT SAY' : login.as === undefined ? 'NO' : 'YES';
  if (verdict === 'NO' && answer.place === 'nowhere') steps.push(...unmatchedSteps(view, caller));
  return {
    verdict,
    sentence: sentenceOf(verdict, answer, caller, login),
    caller: caller.arn,
    lookedUp: caller.canonical,
    steps,
    as: login.as,
    fix: undefined,
    then: undefined,
    rights: login.as && [...unseenPolicies(view.cluster, login), rightsOf(login.as)].join(' '),
  };
}

/** What an access entry gives besides groups, and was not seen; how to hand it over, where it can be. */
function unseenPolicies(
  { name = 'CLUSTER', unread = [] }: SeenCluster,
  { unseenOf: arn }: Login,
): readonly string[] {
  if (arn === undefined) return [];
  const none = 'Which access policies the access entry has was not seen';
  if (unread.some(({ what }) => what === 'access policies')) return [`${none}.`];
  const command = `aws eks list-associated-access-policies --cluster-name ${name} --principal-arn ${arn}`;
  return [`${none}: add what ${command} prints to the access entries.`];
}

interface Login {
  readonly as: LoggedIn | undefined;
  /** The user name as it is written. */
  readonly template: string;
  /** ARN of the access entry whose policies were not seen. */
  readonly unseenOf?: string | undefined;
  readonly steps: readonly Step[];
  readonly fails?: string | undefined;
  readonly isInstanceOnly: boolean;
}

function loginOf(answer: Answer, caller: Caller): Login {
  const none: Login = { as: undefined, template: '', steps: [], isInstanceOnly: false };
  const { canonical } = caller;
  switch (answer.place) {
    case 'creator':
      return { ...none, as: { userName: 'kubernetes-admin', groups: ['system:masters'], policies: [] } };
    case 'access entry': {
      const { username, groups, policies, principalArn, type } = answer.entry;
      const unseenOf = policies === undefined && mayHavePolicies(type) ? principalArn : undefined;
      return { ...filledLogin(username, groups, (policies ?? []).map(policyText), caller), unseenOf };
    }
    case 'aws-auth':
    case 'at random': {
      const loaded = (answer.place === 'aws-auth' ? answer.entry : answer.entries.at(-1))?.loaded;
      if (loaded === undefined) return none;
      if (loaded.section === 'mapAccounts')
        return { ...none, as: { userName: canonical, groups: [], policies: [] } };
      return filledLogin(loaded.username, loaded.groups, [], caller);
    }
    default:
      return none;
  }
}

function filledLogin(
  template: string,
  groups: readonly string[],
  policies: readonly string[],
  caller: Caller,
): Login {
  const texts = [template, ...groups].map((text) => filledIn(text, caller));
  const failed = texts.find((text) => 'fails' in text);
  if (failed !== undefined && 'fails' in failed)
    return {
      as: undefined,
      template,
      steps: [{ label: 'user name', text: template, note: failed.fails }],
      fails: failed.fails,
      isInstanceOnly: true,
    };
  const [name, ...rest] = texts.filter((text) => 'text' in text);
  const userName = name?.text ?? '';
  const step = { label: 'user name', text: `${template} → ${userName}`, note: name?.note ?? '' };
  return {
    as: { userName, groups: rest.map(({ text }) => text), policies },
    template,
    steps: userName === template ? [] : [step],
    isInstanceOnly:
      [name, ...rest].some((text) => text?.isInstanceOnly === true) && caller.session === undefined,
  };
}

function sentenceOf(verdict: Verdict, answer: Answer, { canonical }: Caller, login: Login): string {
  if (answer.place === 'unknown') return `CANNOT SAY. ${answer.missing}.`;
  const { as, fails, isInstanceOnly, unseenOf } = login;
  if (as === undefined)
    return fails === undefined
      ? limited(`${verdict}. No entry matches `, canonical, '.')
      : `NO. An entry matches, but its user name ${fails}.`;
  const name = as.userName === '' ? 'with an empty user name' : `as ${JSON.stringify(as.userName)}`;
  const what = `log in ${name} ${withOf(as)}${unseenOf === undefined ? '' : '; access policies were not seen'}.`;
  if (answer.place === 'creator')
    return `YES. It made the cluster, which gives it full control without an entry.`;
  if (answer.place === 'at random')
    return `YES, but by one of ${answer.entries.length} entries at random: they ${what}`;
  return isInstanceOnly ? `YES, if it is an EC2 instance. They ${what}` : `YES. They ${what}`;
}
