/** Answers of the local STS: XML or, when asked with `Accept: application/json`, JSON. */
import { randomUUID } from 'node:crypto';
import { type LocalRequest, type LocalResponse } from '../server/loopback-server';

/** Nested result members; lists do not occur here. */
interface Fields {
  readonly [name: string]: string | Fields;
}

export function success(request: LocalRequest, action: string, result: Fields): LocalResponse {
  return render(request, 200, `${action}Response`, {
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: randomUUID() },
  });
}

export function failure(request: LocalRequest, status: number, code: string, message: string): LocalResponse {
  return render(request, status, 'ErrorResponse', {
    Error: { Type: 'Sender', Code: code, Message: message },
    RequestId: randomUUID(),
  });
}

function render(request: LocalRequest, status: number, root: string, fields: Fields): LocalResponse {
  if (/^application\/json/.test(request.headers['accept'] ?? '')) {
    const body = JSON.stringify(status === 200 ? { [root]: fields } : fields);
    return { status, headers: { 'content-type': 'application/json' }, body };
  }
  const body = `<${root} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${xml(fields)}</${root}>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function xml(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${typeof value === 'string' ? escapeXml(value) : xml(value)}</${name}>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}
