/**
 * Firefox ESR with the page in it, by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/). Playwright has its own way
 * to it, which asks for a command that Firefox 153 does not know (emulation.setMediaFeaturesOverride).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { browserPath, FIREFOX } from '../setup/browsers';

export interface FirefoxPage {
  /** Opens an address afresh. */
  readonly open: (url: string) => Promise<void>;
  /** Value of an expression of JSON's types, or of the promise that it gives. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Real keys, one after the other. `\ue007`: Enter. */
  readonly press: (keys: string) => Promise<void>;
  /** What the page threw or logged, and what its policy refused, since it was opened. */
  readonly troubles: () => Promise<readonly unknown[]>;
  readonly close: () => Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly method?: string;
  readonly message?: string;
  readonly result?: unknown;
  readonly params?: { readonly text?: string };
}

const REFUSED = `() => {
  window.refused = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => window.refused.push(effectiveDirective));
}`;

export async function startFirefox(): Promise<FirefoxPage> {
  const profile = mkdtempSync(join(tmpdir(), 'cfn-eks-access-firefox-'));
  const options = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  // As root it wants a home of root's own.
  const firefox = spawn(browserPath(FIREFOX), options, { env: { ...process.env, HOME: profile } });
  const ended = new Promise<void>((resolve) => firefox.once('exit', () => resolve()));
  const end = async (): Promise<void> => {
    firefox.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { ask, logged } = await connected(`${await addressOf(firefox)}/session`);
    await ask('session.new', { capabilities: {} });
    await ask('session.subscribe', { events: ['log.entryAdded'] });
    await ask('script.addPreloadScript', { functionDeclaration: REFUSED });
    const { contexts } = (await ask('browsingContext.getTree', {})) as {
      readonly contexts: readonly { readonly context: string }[];
    };
    const context = contexts[0]?.context ?? '';
    const evaluate = async (expression: string): Promise<unknown> => {
      const text = `(async () => JSON.stringify(await (${expression})) ?? 'null')()`;
      const answer = (await ask('script.evaluate', {
        expression: text,
        target: { context },
        awaitPromise: true,
      })) as {
        readonly result?: { readonly value?: string };
        readonly exceptionDetails?: { readonly text: string };
      };
      if (answer.exceptionDetails !== undefined) throw new Error(answer.exceptionDetails.text);
      return JSON.parse(answer.result?.value ?? 'null');
    };
    return {
      open: async (url) => {
        logged.length = 0;
        await ask('browsingContext.navigate', { context, url, wait: 'complete' });
      },
      evaluate,
      press: async (keys) => {
        const actions = [...keys].flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]);
        await ask('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] });
      },
      troubles: async () => [...logged, ...((await evaluate('window.refused')) as readonly unknown[])],
      close: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Firefox writes it to standard error once it listens. */
function addressOf(firefox: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    firefox.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const address = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    firefox.once('error', reject);
    firefox.once('exit', () => reject(new Error(`Firefox ended before it listened: ${said.slice(-2000)}`)));
  });
}

async function connected(url: string) {
  const socket = new WebSocket(url);
  const waiting = new Map<number, (message: Message) => void>();
  const logged: (string | undefined)[] = [];
  await new Promise<void>((resolve, reject) => socket.on('open', resolve).on('error', reject));
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString('utf8')) as Message;
    if (message.type === 'event') logged.push(message.params?.text);
    else waiting.get(message.id ?? -1)?.(message);
  });
  socket.on('close', () => {
    for (const tell of waiting.values()) tell({ type: 'error', message: 'Firefox is gone' });
  });
  let last = 0;
  const ask = (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      waiting.set(id, ({ type, message, result }) => {
        waiting.delete(id);
        if (type === 'success') resolve(result);
        else reject(new Error(`${method}: ${message}`));
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  return { ask, logged };
}
