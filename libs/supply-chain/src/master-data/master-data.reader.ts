import { Injectable } from '@nestjs/common';
import { elementUri, type MasterDataAttribute } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';

/** One version of what a partner says of an element. */
export interface MasterDataRow {
  /** Address, lower case. */
  readonly partner: string;
  /** `BusinessLocation`, `ReadPoint`, `EPCClass`, …, or the URI of an own vocabulary. */
  readonly vocabulary: string;
  /** As it was sent. */
  readonly id: string;
  /** The form under which two spellings are equal. */
  readonly uri: string;
  /** From 1. */
  readonly version: number;
  readonly attributes: readonly MasterDataAttribute[];
  /** Elements inside this one. */
  readonly children: readonly string[];
  readonly jobId: string;
  readonly recordedAt: Date;
  /** When the partner said something else; null while it is in force. */
  readonly supersededAt: Date | null;
}

const MAX_ROWS = 200;

/** Reads master data that came with documents. */
@Injectable()
export class MasterDataReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * What partners say of an element, in whatever spelling it is asked for: newest first, at most 200.
   *
   * @param versions all of them, or what is in force alone
   */
  public async of(id: string, versions: 'all' | 'in force'): Promise<MasterDataRow[]> {
    return this.dataSource.query(
      `SELECT partner, vocabulary, id, uri, version, attributes, children, capture_job AS "jobId",
         recorded_at AS "recordedAt", superseded_at AS "supersededAt"
       FROM master_data WHERE uri = $1 AND ($2 OR superseded_at IS NULL)
       ORDER BY recorded_at DESC, partner, vocabulary, version DESC LIMIT ${MAX_ROWS}`,
      [elementUri(id), versions === 'all'],
    );
  }
}
