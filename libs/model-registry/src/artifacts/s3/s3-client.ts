import { setTimeout as delay } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { ModelRegistryError } from '../../model-registry.errors.js';
import { readBounded } from './read-bounded.js';

/** One bucket, reached by path-style requests, and the key for it. */
export interface S3Location {
  /** Scheme, host and port; nothing else is ever asked, whatever it answers. */
  readonly origin: string;
  readonly bucket: string;
  /** Before each name, with a slash at its end; may be empty. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** How patient a client is. Times in milliseconds. */
export interface S3Patience {
  readonly attempts: number;
  /** For one attempt, its body included. */
  readonly timeoutMs: number;
  /** Before the second attempt; doubled for each further one. */
  readonly pauseMs: number;
}

/** A request within the bucket. */
export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  /** Name of an object after the prefix; empty for the bucket itself. */
  readonly name: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Hex SHA-256 of the body, signed with the request. */
  readonly bodySha256: string;
}

/** SHA-256 of nothing. */
export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const PATIENCE: S3Patience = { attempts: 3, timeoutMs: 60_000, pauseMs: 200 };
const MAX_ERROR_BYTES = 16_384;

/** Signed requests to one bucket: tried again when the server is busy or away, never sent on to another host. */
export class S3Client {
  private readonly signer: AwsClient;

  public constructor(
    private readonly location: S3Location,
    private readonly patience: S3Patience = PATIENCE,
  ) {
    const { region, accessKeyId, secretAccessKey, sessionToken } = location;
    const session = sessionToken === undefined ? {} : { sessionToken };
    this.signer = new AwsClient({
      service: 's3',
      retries: 0,
      region,
      accessKeyId,
      secretAccessKey,
      ...session,
    });
  }

  /** Host and bucket, for people. */
  public get place(): string {
    return `${new URL(this.location.origin).host}/${this.location.bucket}`;
  }

  /**
   * Makes a request and reads its answer within the time for one attempt; what `read` leaves unread has no limit.
   *
   * @param read makes of the answer what is wanted; undefined is given for 404
   * @throws ModelRegistryError `STORE_REFUSED` when trying again would not help, `STORE_UNAVAILABLE`
   */
  public async ask<Result>(
    request: S3Request,
    read: (response: Response | undefined) => Promise<Result>,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const time = new AbortController();
      const timer = setTimeout(() => time.abort(), this.patience.timeoutMs);
      try {
        return await read(await this.once(request, time.signal));
      } catch (error) {
        const failure = error instanceof ModelRegistryError ? error : this.unavailable(time.signal);
        if (failure.code !== 'STORE_UNAVAILABLE' || attempt >= this.patience.attempts) throw failure;
        await delay(this.patience.pauseMs * 2 ** (attempt - 1));
      } finally {
        clearTimeout(timer);
      }
    }
  }

  private async once(request: S3Request, signal: AbortSignal): Promise<Response | undefined> {
    const signed = await this.signer.sign(this.urlOf(request), {
      method: request.method,
      headers: {
        'x-amz-content-sha256': request.bodySha256,
        ...(request.body ? { 'content-type': 'application/octet-stream' } : {}),
      },
      ...(request.body ? { body: request.body as Uint8Array<ArrayBuffer> } : {}),
    });
    // A redirect could lead anywhere, with our signature for it in hand.
    const response = await fetch(signed, { redirect: 'manual', signal });
    if (response.ok) return response;
    const code = request.method === 'HEAD' ? '' : await errorCode(response);
    if (response.status === 404 && code !== 'NoSuchBucket') return undefined;
    throw this.failed(response.status, code);
  }

  private urlOf({ name, query = {} }: S3Request): string {
    const { origin, bucket, prefix } = this.location;
    const path = name === '' ? '' : `/${prefix}${name}`;
    const url = new URL(`/${bucket}${path}`, origin);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    return url.href;
  }

  private failed(status: number, code: string): ModelRegistryError {
    const said = `${this.place} answered ${status}${code && ` (${code})`}`;
    if (status >= 500 || status === 429 || status === 408)
      return new ModelRegistryError('STORE_UNAVAILABLE', said);
    const advice = 'look at bucket, region and keys of this store';
    return new ModelRegistryError('STORE_REFUSED', `${said}; ${advice}`);
  }

  private unavailable({ aborted }: AbortSignal): ModelRegistryError {
    const why = aborted
      ? `did not answer within ${this.patience.timeoutMs} ms`
      : 'cannot be reached, or its answer broke off';
    return new ModelRegistryError('STORE_UNAVAILABLE', `${this.place} ${why}`);
  }
}

/** The word that S3 has for a fault. */
async function errorCode(response: Response): Promise<string> {
  const text = Buffer.from(await readBounded(response, MAX_ERROR_BYTES)).toString();
  return /<Code>([A-Za-z]{1,64})<\/Code>/.exec(text)?.[1] ?? '';
}
