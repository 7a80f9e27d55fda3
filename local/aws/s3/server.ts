/**
 * A small S3 over HTTP, with the bucket in the path: what `aws s3 mb`, `cp` and `ls` and `aws cloudformation deploy
 * --s3-bucket` and `package` ask. What else there is of S3 is refused by name.
 */
import { createHash } from 'node:crypto';
import {
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from '../server/loopback-server';
import { type ObjectStore } from './object-store';

export async function startS3(store: ObjectStore, port?: number): Promise<LoopbackServer> {
  return startLoopbackServer({ port, handle: (request) => respond(request, store) });
}

/** Parameters of a request that do not make it another operation. */
const harmless =
  /^(list-type|prefix|delimiter|encoding-type|max-keys|x-id|location|fetch-owner|X-Amz-.*|versionId)$/;

function respond(request: LocalRequest, store: ObjectStore): LocalResponse {
  const [, bucket = '', ...rest] = request.path.split('/').map(decodeURIComponent);
  const key = rest.join('/');
  if (request.method === 'GET' && key === '' && request.query.has('encryption'))
    return failure(
      404,
      'ServerSideEncryptionConfigurationNotFoundError',
      'The server side encryption configuration was not found',
    );
  const other = [...request.query.keys()].find((name) => !harmless.test(name));
  if (other !== undefined)
    return failure(400, 'NotImplemented', `the local S3 keeps buckets and objects, and has no ${other}`);
  if (bucket === '')
    return xml('ListAllMyBucketsResult', `<Buckets>${store.names.map(bucketXml).join('')}</Buckets>`);
  if (key === '') return bucketRequest(request, store, bucket);
  return objectRequest(request, store, bucket, key);
}

function bucketRequest({ method, query }: LocalRequest, store: ObjectStore, bucket: string): LocalResponse {
  if (method === 'PUT') {
    store.makeBucket(bucket);
    return { status: 200, headers: { location: `/${bucket}` } };
  }
  if (!store.hasBucket(bucket)) return noBucket(bucket);
  switch (method) {
    case 'HEAD':
      return { status: 200 };
    case 'DELETE':
      if (store.keys(bucket).length > 0)
        return failure(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty');
      store.removeBucket(bucket);
      return { status: 204 };
    case 'GET': {
      if (query.has('location')) return xml('LocationConstraint', '');
      const prefix = query.get('prefix') ?? '';
      const keys = store.keys(bucket).filter((name) => name.startsWith(prefix));
      const items = keys.map((name) => objectXml(name, store.get(bucket, name) ?? Buffer.alloc(0)));
      return xml(
        'ListBucketResult',
        `<Name>${escaped(bucket)}</Name><KeyCount>${keys.length}</KeyCount><IsTruncated>false</IsTruncated>${items.join('')}`,
      );
    }
    default:
      return failure(405, 'MethodNotAllowed', `the local S3 has no ${method} of a bucket`);
  }
}

function objectRequest(
  request: LocalRequest,
  store: ObjectStore,
  bucket: string,
  key: string,
): LocalResponse {
  if (!store.hasBucket(bucket)) return noBucket(bucket);
  const { method, headers } = request;
  if (method === 'PUT') {
    if (headers['x-amz-copy-source'] !== undefined)
      return failure(400, 'NotImplemented', 'the local S3 does not copy: upload the file again');
    const content = plain(request);
    store.put(bucket, key, content);
    return { status: 200, headers: { etag: etag(content) } };
  }
  const content = store.get(bucket, key);
  if (method === 'DELETE') {
    store.delete(bucket, key);
    return { status: 204 };
  }
  if (!content) return failure(404, 'NoSuchKey', `The specified key does not exist: s3://${bucket}/${key}`);
  const described = {
    etag: etag(content),
    'content-length': String(content.length),
    'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
    'content-type': 'binary/octet-stream',
  };
  if (method === 'HEAD') return { status: 200, headers: described };
  if (method === 'GET') return { status: 200, headers: described, body: content };
  return failure(405, 'MethodNotAllowed', `the local S3 has no ${method} of an object`);
}

/** The content without the frames in which the SDK sends what it signs piece by piece. */
function plain({ headers, body }: LocalRequest): Buffer {
  if (!(headers['content-encoding'] ?? '').includes('aws-chunked')) return body;
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const size = parseInt(body.toString('latin1', at, end), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 4 + size;
  }
  return Buffer.concat(parts);
}

const etag = (content: Buffer): string => `"${createHash('md5').update(content).digest('hex')}"`;
const bucketXml = (name: string): string =>
  `<Bucket><Name>${escaped(name)}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>`;
const objectXml = (key: string, content: Buffer): string =>
  `<Contents><Key>${escaped(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>${escaped(etag(content))}</ETag><Size>${content.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;

function noBucket(bucket: string): LocalResponse {
  return failure(
    404,
    'NoSuchBucket',
    `The specified bucket does not exist: aws s3 mb s3://${bucket} makes it`,
  );
}

function xml(root: string, content: string): LocalResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function failure(status: number, code: string, message: string): LocalResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
