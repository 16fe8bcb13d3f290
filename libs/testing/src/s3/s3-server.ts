import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signatureFault, type S3Credentials } from './signature-v4.js';

/** What a server does wrong with the next requests, one a request. */
export type S3Fault =
  | { readonly status: number; readonly code: string }
  | 'BREAK_OFF'
  | 'HANG'
  | { readonly redirectTo: string };

/** A small server that speaks S3 on 127.0.0.1: GET, HEAD and PUT of objects and lists of them, signatures checked. */
export interface LocalS3 {
  readonly origin: string;
  readonly credentials: S3Credentials;
  /** Objects by `bucket/key`; changing one behind the server's back is allowed. */
  readonly objects: Map<string, Buffer>;
  /** Faults of the requests to come, first first. */
  readonly faults: S3Fault[];
  /** Each request that came in: method and path. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

const MAX_KEYS = 1_000;

/**
 * Starts one with a bucket. Path-style requests only.
 *
 * @example const s3 = await startLocalS3('models'); s3.origin // 'http://127.0.0.1:40123'
 */
export async function startLocalS3(bucket: string, credentials: S3Credentials = KEYS): Promise<LocalS3> {
  const objects = new Map<string, Buffer>();
  const faults: S3Fault[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const fault = faults.shift();
    if (fault !== undefined) misbehave(fault, response);
    else serve({ bucket, objects, credentials }, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ credentials, objects, faults, requests },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const KEYS: S3Credentials = {
  accessKeyId: 'LOCALKEYOFTESTS',
  secretAccessKey: 'local-secret-of-the-tests/with+signs',
  region: 'local-1',
};

interface Bucket {
  readonly bucket: string;
  readonly objects: Map<string, Buffer>;
  readonly credentials: S3Credentials;
}

function misbehave(fault: S3Fault, response: ServerResponse): void {
  if (fault === 'HANG') return;
  if (fault === 'BREAK_OFF') {
    response.writeHead(200, { 'content-length': '1000000' });
    response.write('some of it', () => response.destroy());
  } else if ('redirectTo' in fault) response.writeHead(307, { location: fault.redirectTo }).end();
  else refuse(response, fault.status, fault.code);
}

async function serve(own: Bucket, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request;
  const [path = '', query = ''] = url.split('?', 2);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const fault = signatureFault({ method, path, query, headers }, own.credentials, new Date());
  if (fault !== undefined) return refuse(response, 403, fault);
  const body = await bodyOf(request);
  const sha256 = createHash('sha256').update(body).digest('hex');
  if (sha256 !== headers['x-amz-content-sha256']) return refuse(response, 400, 'XAmzContentSHA256Mismatch');
  const [bucket, ...rest] = decodeURIComponent(path).slice(1).split('/');
  if (bucket !== own.bucket) return refuse(response, 404, 'NoSuchBucket');
  if (rest.length === 0) return list(own, new URLSearchParams(query), response);
  object(own, method, `${bucket}/${rest.join('/')}`, body, response);
}

function object(
  { objects }: Bucket,
  method: string,
  key: string,
  body: Buffer,
  response: ServerResponse,
): void {
  if (method === 'PUT') {
    objects.set(key, body);
    response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
    return;
  }
  const kept = objects.get(key);
  if (!kept) return refuse(response, 404, 'NoSuchKey');
  response.writeHead(200, { 'content-length': kept.length });
  response.end(method === 'HEAD' ? undefined : kept);
}

function list({ bucket, objects }: Bucket, query: URLSearchParams, response: ServerResponse): void {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const most = Math.min(MAX_KEYS, Number(query.get('max-keys') ?? MAX_KEYS));
  const keys = [...objects.keys()]
    .map((key) => key.slice(bucket.length + 1))
    .filter((key) => key.startsWith(prefix) && key > after)
    .sort();
  const page = keys.slice(0, most);
  const more = keys.length > page.length;
  const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  const items = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>${bucket}</Name><IsTruncated>${more}</IsTruncated>${next}${items}</ListBucketResult>`,
  );
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
