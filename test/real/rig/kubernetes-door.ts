/** The test's own door to the real API server: single requests with a certificate or a token, and kubectl. */
import { spawn } from 'node:child_process';
import { type Agent, request as httpsRequest } from 'node:https';
import { type KeyPair } from './authority';

export interface Answer {
  readonly status: number;
  /** Parsed; the text when it is not JSON. */
  readonly body: unknown;
}

export interface DoorOptions {
  /** `https://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** PEM; undefined: whatever the server shows. */
  readonly authority?: string;
  readonly client?: KeyPair;
  readonly token?: string;
  /** Keeps connections; left out: one for each request. */
  readonly agent?: Agent;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
}

/** One request. Objects are sent as JSON, texts as they are. */
export function send(
  door: DoorOptions,
  method: string,
  path: string,
  { body, contentType = 'application/json', accept = 'application/json' }: RequestOptions = {},
): Promise<Answer> {
  const { endpoint, authority, client, token, agent = false } = door;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      new URL(path, endpoint),
      {
        method,
        agent,
        ...(authority === undefined ? { rejectUnauthorized: false } : { ca: authority }),
        ...client,
        headers: {
          accept,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(text === undefined
            ? {}
            : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString('utf8')) }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export interface Spoken {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command-line program to its end; never rejects for what the program says. */
export function speak(
  program: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({
        status: status ?? 1,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      }),
    );
    child.stdin.end(input);
  });
}

/** kubeconfig of one user, as YAML that is JSON. */
export function kubeconfig({ endpoint, authority, client }: DoorOptions): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'rig', cluster: { server: endpoint, 'certificate-authority-data': base64(authority ?? '') } },
    ],
    users: [
      {
        name: 'rig',
        user: client
          ? { 'client-certificate-data': base64(client.cert), 'client-key-data': base64(client.key) }
          : {},
      },
    ],
    contexts: [{ name: 'rig', context: { cluster: 'rig', user: 'rig' } }],
    'current-context': 'rig',
  });
}
