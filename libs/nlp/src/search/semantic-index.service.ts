import { Injectable } from '@nestjs/common';
import { asKeeper } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { fromBytes } from './quantised.js';
import { VectorIndex } from './vector-index.js';

const ROWS_A_READ = 5_000;

/**
 * Keeps the vectors of one encoder in this process's memory, and adds what is new when it is asked. It holds those of all
 * partners: who finds an id by it still has to be shown the text.
 */
@Injectable()
export class SemanticIndex {
  private readonly indexes = new Map<string, { index: VectorIndex; last: string; reading: Promise<void> }>();

  public constructor(private readonly dataSource: DataSource) {}

  /** The index of an encoder, with every vector that is stored now. */
  public async of(encoder: string, dimensions: number): Promise<VectorIndex> {
    let kept = this.indexes.get(encoder);
    if (!kept) {
      kept = { index: new VectorIndex(dimensions), last: '0', reading: Promise.resolve() };
      this.indexes.set(encoder, kept);
    }
    const state = kept;
    state.reading = state.reading.catch(() => undefined).then(() => this.readNew(encoder, state));
    await state.reading;
    return state.index;
  }

  private async readNew(encoder: string, state: { index: VectorIndex; last: string }): Promise<void> {
    for (;;) {
      const rows: { id: string; seq: string; vector: Buffer }[] = await asKeeper(() =>
        this.dataSource.query(
          'SELECT text_id AS id, seq, vector FROM text_vector WHERE encoder = $1 AND seq > $2 ORDER BY seq LIMIT $3',
          [encoder, state.last, ROWS_A_READ],
        ),
      );
      for (const { id, vector } of rows) state.index.set(id, fromBytes(vector));
      state.last = rows.at(-1)?.seq ?? state.last;
      if (rows.length < ROWS_A_READ) return;
    }
  }
}
