/** Answers of the local STS and IAM: XML or, when asked with `Accept: application/json`, JSON. */
import { randomUUID } from 'node:crypto';
import { type LocalRequest, type LocalResponse } from '../server/loopback-server';

/** Nested result members; undefined ones are left out. */
export interface Fields {
  readonly [name: string]: string | Fields | readonly Fields[] | undefined;
}

export interface QueryAnswers {
  readonly success: (request: LocalRequest, action: string, result: Fields) => LocalResponse;
  readonly failure: (request: LocalRequest, status: number, code: string, message: string) => LocalResponse;
}

/** `namespace`: the XML namespace of the service. */
export function queryAnswers(namespace: string): QueryAnswers {
  return {
    success: (request, action, result) =>
      render(request, namespace, 200, `${action}Response`, {
        [`${action}Result`]: result,
        ResponseMetadata: { RequestId: randomUUID() },
      }),
    failure: (request, status, code, message) =>
      render(request, namespace, status, 'ErrorResponse', {
        Error: { Type: 'Sender', Code: code, Message: message },
        RequestId: randomUUID(),
      }),
  };
}

/** Presigned queries spell their names in any case (GT-42). */
export function parameter(parameters: URLSearchParams, name: string): string {
  return [...parameters].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

function render(
  request: LocalRequest,
  namespace: string,
  status: number,
  root: string,
  fields: Fields,
): LocalResponse {
  if (/^application\/json/.test(request.headers['accept'] ?? '')) {
    const body = JSON.stringify(status === 200 ? { [root]: fields } : fields);
    return { status, headers: { 'content-type': 'application/json' }, body };
  }
  const body = `<${root} xmlns="${namespace}">${xml(fields)}</${root}>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function xml(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${xmlOf(value)}</${name}>`))
    .join('');
}

function xmlOf(value: string | Fields | readonly Fields[]): string {
  if (typeof value === 'string') return escapeXml(value);
  return isList(value) ? value.map((member) => xml({ member })).join('') : xml(value);
}

function isList(value: Fields | readonly Fields[]): value is readonly Fields[] {
  return Array.isArray(value);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}
