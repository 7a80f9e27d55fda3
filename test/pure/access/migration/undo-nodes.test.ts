/** What the way back of a move says of the access entries that it cannot take back: with the name that IAM has. */
import { planOfNow } from '../../../../access/migration/steps/base';
import { nextStep } from '../../../../access/migration/steps/next-step';
import { isEnd, type Step } from '../../../../access/migration/steps/step';
import { nextUndoStep } from '../../../../access/migration/steps/undo';
import { ModelCluster } from './steps-model';

const mapRoles = `- rolearn: arn:aws:iam::111122223333:role/Prod-NodeRole
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]
`;

test('access entries of nodes are named as IAM names their role', () => {
  const model = new ModelCluster('API_AND_CONFIG_MAP', { mapRoles });
  const { digest } = planOfNow(model.seen(undefined));
  const runTo = (next: () => Step): Step => {
    let step = next();
    for (; !isEnd(step); step = next()) model.apply(step, false);
    return step;
  };
  const approval = { plan: digest, api: undefined, bakeMs: 0, patienceMs: 0, wants: {} };
  expect(runTo(() => nextStep(model.seen(digest), approval))).toMatchObject({ do: 'done' });
  expect(runTo(() => nextUndoStep(model.seen(digest), digest))).toMatchObject({
    do: 'done',
    left: ['Access entries of nodes stay (role/Prod-NodeRole): EKS takes no tags on them.'],
  });
});
