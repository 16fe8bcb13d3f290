import { Injectable } from '@nestjs/common';
import { fromHex, type Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import type { LabelledText } from '../classifier/labelled-text.js';
import { NlpError } from '../nlp.errors.js';
import { readable } from './text-labelling.service.js';

/** What a person says of a text; the labels that hold, none for a text that has none of them. */
export interface LabelCorrection {
  readonly textSha256: Hex;
  readonly labels: readonly string[];
  readonly correctedBy: string;
  readonly reason: string;
}

const MOST_LABELS = 20;
const LONGEST_LABEL = 200;
const LONGEST_REASON = 2_000;

function checked({ labels, reason, correctedBy }: LabelCorrection): string[] {
  const given = [...new Set(labels.map((label) => label.normalize('NFC').trim()))];
  const refuse = (message: string): never => {
    throw new NlpError('CORRECTION_INVALID', message);
  };
  if (given.length > MOST_LABELS) refuse(`labels: ${given.length} given, at most ${MOST_LABELS} are taken`);
  if (given.some((label) => label === '' || label.length > LONGEST_LABEL || /[\p{Cc};]/u.test(label)))
    refuse(`labels: each needs 1 to ${LONGEST_LABEL} characters, without control characters or ";"`);
  if (reason.length > LONGEST_REASON) refuse(`reason: at most ${LONGEST_REASON} characters`);
  if (correctedBy.trim() === '') refuse('correctedBy: say who corrects');
  return given;
}

/** Labels as people know them: what the next candidate model learns from. Nothing that was said is ever changed. */
@Injectable()
export class LabelCorrections {
  public constructor(private readonly dataSource: DataSource) {}

  /** @throws NlpError `CORRECTION_INVALID`, `TEXT_UNKNOWN` */
  public async correct(correction: LabelCorrection, now: Date): Promise<void> {
    const labels = checked(correction);
    const stored: unknown[] = await this.dataSource.query(
      `INSERT INTO text_label_correction (text_sha256, labels, corrected_by, reason, corrected_at)
       SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT FROM text WHERE text_sha256 = $1) RETURNING id`,
      [
        Buffer.from(fromHex(correction.textSha256, 32)),
        labels,
        correction.correctedBy,
        correction.reason,
        now,
      ],
    );
    if (stored.length === 0)
      throw new NlpError('TEXT_UNKNOWN', `no text has the hash ${correction.textSha256}; take it in first`);
  }

  /** Texts with the last labels that people gave them, in order of time; those without a label are left out. */
  public async trainingTexts(): Promise<LabelledText[]> {
    const rows: { title: string; body: string; labels: string[]; writtenAt: Date }[] =
      await this.dataSource.query(
        `SELECT DISTINCT ON (c.text_sha256) t.title, t.body, c.labels, t.written_at AS "writtenAt"
         FROM text_label_correction c JOIN text t ON t.text_sha256 = c.text_sha256
         ORDER BY c.text_sha256, c.id DESC, t.seq`,
      );
    return rows
      .filter(({ labels }) => labels.length > 0)
      .map(({ title, body, labels, writtenAt }) => ({
        text: readable(title, body),
        labels,
        date: writtenAt.toISOString(),
      }))
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  }
}
