/** Answers of the API server. */
import { type LocalResponse } from '../server/loopback-server';

export function json(status: number, body: unknown): LocalResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
