import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Hex } from '@tallyhouse/proofs';
import {
  altered,
  checked,
  hashOf,
  hashToStore,
  MAX_ARTIFACT_BYTES,
  missing,
  nameOf,
  type ArtifactStore,
  type KeptFile,
} from '../artifact-store.js';
import { parseListPage } from './list-page.js';
import { readBounded, TooLongError } from './read-bounded.js';
import { EMPTY_SHA256, S3Client, type S3Location, type S3Patience } from './s3-client.js';

const MAX_LIST_BYTES = 8 * 1024 * 1024;
const KEYS_A_PAGE = '1000';

/**
 * An artifact store in a bucket of anything that speaks S3: one object an artifact, named by its hash, checked on every
 * read. What is written is signed with its hash, so that the server refuses bytes that changed on their way.
 */
export class S3ArtifactStore implements ArtifactStore {
  private readonly client: S3Client;

  public constructor(
    private readonly location: S3Location,
    patience?: S3Patience,
  ) {
    this.client = new S3Client(location, patience);
  }

  public async put(bytes: Uint8Array): Promise<Hex> {
    const sha256 = hashToStore(bytes);
    const name = nameOf(sha256);
    await this.client.ask({ method: 'PUT', name, body: bytes, bodySha256: name }, async (response) => {
      await response?.body?.cancel();
      if (!response) throw missing(sha256);
    });
    return sha256;
  }

  public async get(sha256: Hex): Promise<Uint8Array> {
    const read = async (response: Response | undefined): Promise<Uint8Array> => {
      if (!response) throw missing(sha256);
      return readBounded(response, MAX_ARTIFACT_BYTES).catch((error: unknown) => {
        if (error instanceof TooLongError) throw altered(sha256, `it is ${error.message}`);
        throw error;
      });
    };
    return checked(sha256, await this.client.ask(this.reading('GET', nameOf(sha256)), read));
  }

  public async has(sha256: Hex): Promise<boolean> {
    return this.client.ask(this.reading('HEAD', nameOf(sha256)), (response) =>
      Promise.resolve(response !== undefined),
    );
  }

  public async open(sha256: Hex): Promise<KeptFile | null> {
    return this.client.ask(this.reading('GET', nameOf(sha256)), async (response) => {
      if (!response?.body) return null;
      const bytes = Number(response.headers.get('content-length') ?? Number.NaN);
      if (bytes <= MAX_ARTIFACT_BYTES)
        return { bytes, stream: Readable.fromWeb(response.body as ReadableStream<Uint8Array>) };
      await response.body.cancel();
      throw altered(sha256, 'its object does not say how long it is, or is too long');
    });
  }

  public async *list(): AsyncGenerator<Hex> {
    for (let token: string | undefined; ;) {
      const page = parseListPage(await this.page(token));
      for (const key of page.keys) {
        const hash = hashOf(key.slice(this.location.prefix.length));
        if (hash) yield hash;
      }
      if (page.next === undefined) return;
      token = page.next;
    }
  }

  private page(token: string | undefined): Promise<string> {
    const query = {
      ...{ 'list-type': '2', 'max-keys': KEYS_A_PAGE },
      ...(this.location.prefix === '' ? {} : { prefix: this.location.prefix }),
      ...(token === undefined ? {} : { 'continuation-token': token }),
    };
    return this.client.ask({ ...this.reading('GET', ''), query }, async (response) => {
      if (!response) return '';
      return Buffer.from(await readBounded(response, MAX_LIST_BYTES)).toString();
    });
  }

  private reading(method: 'GET' | 'HEAD', name: string) {
    return { method, name, bodySha256: EMPTY_SHA256 } as const;
  }
}
