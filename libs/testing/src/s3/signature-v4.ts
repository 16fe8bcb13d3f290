import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Who may sign, and for where. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A request as it came in. */
export interface SignedRequest {
  readonly method: string;
  /** Path as it was sent, percent-encoded. */
  readonly path: string;
  /** Query as it was sent, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/s3\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/;
const MAX_SKEW_MS = 15 * 60_000;
/** What a signature has to cover, or somebody on the way could change it. */
const MUST_SIGN = ['host', 'x-amz-content-sha256', 'x-amz-date'];

/**
 * Checks the signature of a request as S3 does it (AWS Signature Version 4, in the header Authorization).
 *
 * @returns the error code of S3, or undefined when the signature is right
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signatureFault(request: SignedRequest, who: S3Credentials, now: Date): string | undefined {
  const [, keyId, day, region, names, given] = FORM.exec(request.headers['authorization'] ?? '') ?? [];
  if (keyId === undefined || day === undefined || names === undefined || given === undefined)
    return 'AccessDenied';
  if (keyId !== who.accessKeyId) return 'InvalidAccessKeyId';
  if (region !== who.region) return 'AuthorizationHeaderMalformed';
  const signed = names.split(';');
  if (MUST_SIGN.some((name) => !signed.includes(name))) return 'AccessDenied';
  const date = request.headers['x-amz-date'] ?? '';
  const skewMs = Math.abs(now.getTime() - timeOf(date));
  if (!date.startsWith(day) || !(skewMs <= MAX_SKEW_MS)) return 'RequestTimeTooSkewed';
  const expected = signature(request, signed, who, date);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(given)) ? undefined : 'SignatureDoesNotMatch';
}

/** The signature that a request should have. */
export function signature(
  request: SignedRequest,
  signedHeaders: readonly string[],
  { secretAccessKey, region }: S3Credentials,
  date: string,
): string {
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const canonical = canonicalRequest(request, signedHeaders);
  const hash = createHash('sha256').update(canonical).digest('hex');
  const parts = [date.slice(0, 8), region, 's3', 'aws4_request'];
  const key = parts.reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, hash].join('\n')).toString('hex');
}

function canonicalRequest(
  { method, path, query, headers }: SignedRequest,
  signed: readonly string[],
): string {
  const lines = signed.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  const hash = headers['x-amz-content-sha256'] ?? '';
  return [method, path, canonicalQuery(query), lines.join(''), signed.join(';'), hash].join('\n');
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return `${encoded(name)}=${encoded(value)}`;
  });
  return pairs.sort().join('&');
}

/** Decoded and encoded again, as the standard has it: every sign but letters, digits and -._~ */
function encoded(text: string): string {
  return encodeURIComponent(decodeURIComponent(text.replaceAll('+', ' '))).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function timeOf(date: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  return year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
