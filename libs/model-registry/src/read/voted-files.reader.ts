import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';

/** Reads which files the chain names: artifact and report of every version that was ever proposed. */
@Injectable()
export class VotedFilesReader {
  public constructor(private readonly dataSource: DataSource) {}

  public async hashes(): Promise<Hex[]> {
    const rows: { sha256: Hex }[] = await this.dataSource.query(
      `SELECT artifact_sha256 AS sha256 FROM model_version_current UNION SELECT report_sha256 FROM model_version_current ORDER BY 1`,
    );
    return rows.map(({ sha256 }) => sha256);
  }
}
