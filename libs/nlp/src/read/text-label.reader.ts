import { Injectable } from '@nestjs/common';
import { fromHex, type Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import type { Answer, LabelProbability } from '../classifier/text-model.js';

/** What a model version said of a text. Hashes as `0x` and 64 digits. */
export interface TextLabelRow {
  readonly textSha256: Hex;
  readonly versionId: Hex;
  readonly artifactSha256: Hex;
  readonly proposalId: string | null;
  readonly answer: Answer;
  readonly labels: readonly string[];
  readonly probabilities: readonly LabelProbability[];
  readonly familiarity: number;
  readonly labelledAt: Date;
}

/** What a person said of a text. */
export interface LabelCorrectionRow {
  readonly textSha256: Hex;
  readonly labels: readonly string[];
  readonly correctedBy: string;
  readonly reason: string;
  readonly correctedAt: Date;
}

const hashes = (sha256s: readonly Hex[]): Buffer[] =>
  sha256s.map((sha256) => Buffer.from(fromHex(sha256, 32)));

/** Reads labels by the hash of the text. */
@Injectable()
export class TextLabelReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * What every version said of the texts, the latest first; at most 50 versions a text. A version whose activation the
   * chain took back is left out.
   */
  public async ofTexts(sha256s: readonly Hex[]): Promise<TextLabelRow[]> {
    return this.dataSource.query(
      `SELECT l.* FROM unnest($1::bytea[]) wanted (sha256) CROSS JOIN LATERAL (
         SELECT '0x' || encode(text_sha256, 'hex') AS "textSha256", version_id AS "versionId",
           artifact_sha256 AS "artifactSha256", proposal_id AS "proposalId", answer, labels, probabilities,
           familiarity, labelled_at AS "labelledAt"
         FROM text_label WHERE text_sha256 = wanted.sha256 AND NOT EXISTS (
           SELECT FROM derivation WHERE name = 'labels' AND key = version_id AND stale_from IS NOT NULL)
         ORDER BY labelled_at DESC, version_id LIMIT 50) l`,
      [hashes(sha256s)],
    );
  }

  /** What people said of the texts, the latest first; at most 50 a text. */
  public async corrections(sha256s: readonly Hex[]): Promise<LabelCorrectionRow[]> {
    return this.dataSource.query(
      `SELECT c.* FROM unnest($1::bytea[]) wanted (sha256) CROSS JOIN LATERAL (
         SELECT '0x' || encode(text_sha256, 'hex') AS "textSha256", labels, corrected_by AS "correctedBy", reason,
           corrected_at AS "correctedAt"
         FROM text_label_correction WHERE text_sha256 = wanted.sha256 ORDER BY id DESC LIMIT 50) c`,
      [hashes(sha256s)],
    );
  }
}
