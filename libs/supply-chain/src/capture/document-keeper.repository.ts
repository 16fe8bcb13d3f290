import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { EntityManager } from 'typeorm';
import type { CaptureJob } from './capture-job.repository.js';

const pack = promisify(gzip);
const PIECE_BYTES = 2 ** 20;

/** Runs a statement of the capture's transaction when those before it are done. */
export type InTurn = (statement: () => Promise<void>) => Promise<void>;

/**
 * Keeps the bytes of a document as they were received, beside its events and in their transaction. It holds one piece of
 * 1 MiB; pieces are packed by a thread of the pool while events are hashed.
 */
export class DocumentKeeper {
  private readonly hash = createHash('sha256');
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private bytes = 0;
  private pieces = 0;

  public constructor(
    private readonly manager: EntityManager,
    private readonly job: CaptureJob,
    private readonly inTurn: InTurn,
  ) {}

  /** Takes the next bytes. */
  public async push(bytes: Uint8Array): Promise<void> {
    this.hash.update(bytes);
    this.bytes += bytes.length;
    for (let from = 0; from < bytes.length;) {
      const part = bytes.subarray(from, from + PIECE_BYTES - this.waitingBytes);
      from += part.length;
      this.waiting.push(part);
      this.waitingBytes += part.length;
      if (this.waitingBytes === PIECE_BYTES) await this.store();
    }
  }

  /**
   * Ends the document; the same bytes that the partner sent before are kept once.
   *
   * @returns id of the kept document
   */
  public async end(): Promise<string> {
    if (this.waitingBytes > 0) await this.store();
    const { id, partner } = this.job;
    const sha256 = this.hash.digest();
    let kept = id;
    await this.inTurn(async () => {
      const [row] = await this.manager.query<[{ id: string }]>(
        `WITH new AS (
           INSERT INTO capture_document (id, partner, sha256, bytes) VALUES ($1, $2, $3, $4)
           ON CONFLICT (partner, sha256) DO UPDATE SET sha256 = excluded.sha256 RETURNING id)
         SELECT id FROM new`,
        [id, partner, sha256, this.bytes],
      );
      kept = row.id;
      if (kept !== id)
        await this.manager.query('DELETE FROM capture_document_piece WHERE document_id = $1', [id]);
    });
    await this.inTurn(() => Promise.resolve());
    return kept;
  }

  private async store(): Promise<void> {
    const piece = Buffer.concat(this.waiting);
    [this.waiting, this.waitingBytes] = [[], 0];
    const packed = await pack(piece, { level: constants.Z_BEST_SPEED });
    const ordinal = this.pieces++;
    await this.inTurn(async () => {
      await this.manager.query(
        'INSERT INTO capture_document_piece (document_id, ordinal, packed, partner) VALUES ($1, $2, $3, $4)',
        [this.job.id, ordinal, packed, this.job.partner],
      );
    });
  }
}
