/**
 * A person who has never seen the page, a document that is in none of its examples, and a role of IAM Identity Center that
 * is refused: what has to be done and read until the reason is known. Not a person, but what one has before the eyes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { SCREENS, withPage } from './browser';

const ROLE = 'AWSReservedSSO_ShopDeveloper_8f1c2d3e4b5a6978';
/** As `aws sts get-caller-identity` prints it. */
const CALLER = JSON.stringify(
  {
    UserId: 'AROA5XYZABCDEFGHIJKLM:maria@shop.example',
    Account: '730335551234',
    Arn: `arn:aws:sts::730335551234:assumed-role/${ROLE}/maria@shop.example`,
  },
  null,
  4,
);

/** As `kubectl get configmap aws-auth -n kube-system -o yaml` prints it: keys in the order of letters. */
const documentWith = (rolearn: string, username = 'developer:{{SessionName}}'): string => `apiVersion: v1
data:
  mapRoles: |
    - groups:
      - system:bootstrappers
      - system:nodes
      rolearn: arn:aws:iam::730335551234:role/eksctl-shop-nodegroup-ng-1-NodeInstanceRole-1X2Y3Z4A5B6C
      username: system:node:{{EC2PrivateDNSName}}
    - groups:
      - system:masters
      rolearn: arn:aws:iam::730335551234:role/shop-deploy
      username: deploy
    - groups:
      - shop-developers
      rolearn: ${rolearn}
      username: ${username}
kind: ConfigMap
metadata:
  creationTimestamp: "2025-03-04T10:11:12Z"
  name: aws-auth
  namespace: kube-system
  resourceVersion: "8812345"
  uid: 0d2c7b1e-7a3f-4d55-9c51-5a1f2c9d3e44
`;

const REFUSED: readonly (readonly [what: string, document: string, reason: string])[] = [
  [
    'its ARN with the path',
    documentWith(`arn:aws:iam::730335551234:role/aws-reserved/sso.amazonaws.com/us-west-2/${ROLE}`),
    'never matches: the ARN has the path aws-reserved/sso.amazonaws.com/us-west-2/',
  ],
  [
    'the suffix that it had before',
    documentWith('arn:aws:iam::730335551234:role/AWSReservedSSO_ShopDeveloper_1111111111111111'),
    'the same permission set with another suffix (1111111111111111): it was provisioned again',
  ],
  [
    'a session with a wildcard',
    documentWith(`arn:aws:sts::730335551234:assumed-role/${ROLE}/*`),
    'has a wildcard, which is compared letter by letter, so it matches nobody',
  ],
  [
    'a user name without quotes',
    documentWith(`arn:aws:iam::730335551234:role/${ROLE}`, '{{SessionName}}'),
    'mapRoles does not parse (line 16), nothing in it counts',
  ],
  [
    'the role of another account',
    documentWith(`arn:aws:iam::111100001111:role/${ROLE}`),
    `another principal: role/${ROLE} of account 111100001111`,
  ],
];

beforeAll(() => mkdirSync(SCREENS, { recursive: true }));

test.each(REFUSED)(
  '%s: two pastes and one click, and the reason is on the screen',
  async (what, document, reason) => {
    await withPage(
      async (page) => {
        // 1. The command to run is on the first screen; what it prints is pasted into the one large field.
        expect(await page.locator('#welcome .copy code').innerText()).toContain(
          'kubectl get configmap aws-auth',
        );
        await page.locator('#document').focus();
        await page.keyboard.insertText(document);
        // 2. The tab that says what the person wants.
        await page.getByRole('tab', { name: 'Ask' }).click();
        // 3. What the person is, as the hint says.
        await pasteInto(page, 'Who is refused', CALLER);
        await page.locator('.answer .verdict', { hasText: /^NO$/ }).waitFor();
        const seen = page.locator('.answer').getByText(reason);
        const box = await seen.boundingBox();
        expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(768);
        // At 200 words a minute less than half of one.
        const words = (await page.locator('#headline, .answer').allInnerTexts()).join(' ').split(/\s+/);
        expect(words.length).toBeLessThan(90);
        await page.screenshot({ path: join(SCREENS, `first time, ${what}.png`) });
      },
      { viewport: { width: 1366, height: 768 } },
    );
  },
);

/** By the clipboard. */
async function pasteInto(page: Page, label: string, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.getByLabel(label).press('Control+V');
}
