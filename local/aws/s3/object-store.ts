/** Buckets and objects, kept in memory: as much of S3 as templates need. */
export class ObjectStore {
  private readonly buckets = new Map<string, Map<string, Buffer>>();

  get names(): readonly string[] {
    return [...this.buckets.keys()].sort();
  }

  hasBucket(bucket: string): boolean {
    return this.buckets.has(bucket);
  }

  makeBucket(bucket: string): void {
    if (!this.buckets.has(bucket)) this.buckets.set(bucket, new Map());
  }

  removeBucket(bucket: string): void {
    this.buckets.delete(bucket);
  }

  /** Sorted. */
  keys(bucket: string): readonly string[] {
    return [...(this.buckets.get(bucket)?.keys() ?? [])].sort();
  }

  get(bucket: string, key: string): Buffer | undefined {
    return this.buckets.get(bucket)?.get(key);
  }

  /** False where there is no such bucket. */
  put(bucket: string, key: string, content: Buffer): boolean {
    return this.buckets.get(bucket)?.set(key, content) !== undefined;
  }

  delete(bucket: string, key: string): void {
    this.buckets.get(bucket)?.delete(key);
  }
}

/** What an address of S3 names, whether the bucket is in its path or in its host; undefined for another address. */
export function objectOf(url: string): { readonly bucket: string; readonly key: string } | undefined {
  const [, inHost, path = ''] =
    /^https?:\/\/(?:(.+)\.)?s3[.-](?:[a-z0-9-]+\.)?(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu)\/(.+)$/.exec(
      url,
    ) ??
    /^http:\/\/()127\.0\.0\.1:\d+\/(.+)$/.exec(url) ??
    /^s3:\/\/()(.+)$/.exec(url) ??
    [];
  if (path === '') return undefined;
  const [first = '', ...rest] = path.split('?')[0]?.split('/').map(decodeURIComponent) ?? [];
  return inHost
    ? { bucket: inHost, key: [first, ...rest].join('/') }
    : { bucket: first, key: rest.join('/') };
}
