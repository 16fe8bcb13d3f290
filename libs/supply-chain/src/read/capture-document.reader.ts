import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { hexOf } from './anchored-batch.sql.js';
import { isUuid } from './keyset.js';

const unpack = promisify(gunzip);

/** A document as it was received. */
export interface CaptureDocumentRow {
  readonly jobId: string;
  /** Whose capture it is, lower case. */
  readonly partner: string;
  readonly documentId: string;
  readonly mediaType: string;
  /** Its length, as text: a bigint. */
  readonly bytes: string;
  /** `0x` and 64 digits. */
  readonly sha256: string;
}

/** Reads documents byte for byte. */
@Injectable()
export class CaptureDocumentReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** What is kept for each of these jobs; jobs whose document came as a value, not as bytes, have none. */
  public async ofJobs(jobIds: readonly string[]): Promise<CaptureDocumentRow[]> {
    return this.dataSource.query(
      `SELECT j.id AS "jobId", j.partner, d.id AS "documentId", j.document_type AS "mediaType", d.bytes,
         ${hexOf('d.sha256')} AS sha256
       FROM capture_job j JOIN capture_document d ON d.id = j.document_id WHERE j.id = ANY($1::uuid[])`,
      [jobIds.filter(isUuid)],
    );
  }

  /** The bytes of a document, at most 1 MiB at a time. */
  public async *bytes(documentId: string): AsyncGenerator<Buffer> {
    for (let ordinal = 0; ; ordinal++) {
      const [piece]: { packed: Buffer }[] = await this.dataSource.query(
        'SELECT packed FROM capture_document_piece WHERE document_id = $1 AND ordinal = $2',
        [documentId, ordinal],
      );
      if (!piece) return;
      yield await unpack(piece.packed);
    }
  }
}
