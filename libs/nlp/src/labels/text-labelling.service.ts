import { Injectable } from '@nestjs/common';
import { bulkInsert, factsMoments, recordDerivations } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { classify, type TextModel } from '../classifier/text-model.js';

/** The version of the text model that runs, as the chain names it. */
export interface RunningTextModel {
  readonly versionId: string;
  readonly artifactSha256: string;
  readonly proposalId: string | null;
  readonly model: TextModel;
}

interface UnlabelledText {
  readonly sha256: Buffer;
  readonly title: string;
  readonly body: string;
}

const COLUMNS = {
  text_sha256: 'bytea',
  version_id: 'text',
  artifact_sha256: 'text',
  proposal_id: 'text',
  answer: 'text',
  labels: 'text[]',
  probabilities: 'jsonb',
  familiarity: 'double precision',
  labelled_at: 'timestamptz',
};
/** Texts labelled in one transaction. */
const BATCH = 500;

/** The text as models read it: the title is the heading line. */
export const readable = (title: string, body: string): string => (title === '' ? body : `${title}\n${body}`);

const MARKED_BUT_ACTIVE = `
  SELECT DISTINCT key FROM derivation WHERE name = 'labels' AND stale_from IS NOT NULL
    AND EXISTS (SELECT FROM model_version_activated a WHERE a.version_id = key)`;

/** Gives every text that has none yet the labels of the running model; labels of other versions stay. */
@Injectable()
export class TextLabelling {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Labels all texts that this version has not labelled, and returns how many. Safe to stop anywhere and to run twice
   * at once: a text and a version have one row.
   *
   * @param stop asked between batches; true ends early
   */
  public async labelWaiting(
    running: RunningTextModel,
    now: () => Date,
    stop: () => boolean = () => false,
  ): Promise<number> {
    await this.confirmMarked();
    let labelled = 0;
    let last: Buffer = Buffer.alloc(0);
    while (!stop()) {
      const texts = await this.waiting(running.versionId, last);
      if (texts.length === 0) break;
      await this.store(running, texts, now());
      labelled += texts.length;
      last = texts.at(-1)!.sha256;
    }
    return labelled;
  }

  /**
   * Labels of a version whose activation a reorganisation took back are marked and not shown; they are kept, as every
   * label is. Where the activation is on chain again they stand again.
   */
  public async confirmMarked(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const moments = await factsMoments(manager);
      const active: { key: string }[] = await manager.query(MARKED_BUT_ACTIVE);
      const keys = active.map(({ key }) => key);
      await recordDerivations(manager, 'labels', keys, moments);
    });
  }

  /** Those that come after a hash: what this run has labelled is not gone through again for every batch. */
  private waiting(versionId: string, after: Buffer): Promise<UnlabelledText[]> {
    return this.dataSource.query(
      `SELECT DISTINCT ON (t.text_sha256) t.text_sha256 AS sha256, t.title, t.body FROM text t
       WHERE NOT EXISTS (SELECT FROM text_label l WHERE l.text_sha256 = t.text_sha256 AND l.version_id = $1)
         AND t.text_sha256 > $2
       ORDER BY t.text_sha256 LIMIT ${BATCH}`,
      [versionId, after],
    );
  }

  private async store(running: RunningTextModel, texts: readonly UnlabelledText[], at: Date): Promise<void> {
    const moments = await factsMoments(this.dataSource);
    const rows = texts.map(({ sha256, title, body }) => {
      const { answer, labels, probabilities, familiarity } = classify(running.model, readable(title, body));
      return [
        sha256,
        running.versionId,
        running.artifactSha256,
        running.proposalId,
        answer,
        [...labels],
        JSON.stringify(probabilities),
        familiarity,
        at,
      ];
    });
    await this.dataSource.transaction(async (manager) => {
      await bulkInsert(manager, 'text_label', COLUMNS, rows, 'ON CONFLICT DO NOTHING');
      await recordDerivations(manager, 'labels', [running.versionId], moments);
    });
  }
}
