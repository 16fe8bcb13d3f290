import { Injectable } from '@nestjs/common';
import { DecompositionReader, type SeriesDecomposition, type SeriesRow } from '@tallyhouse/forecasting';
import { IndexWaiter } from '../shared/freshness/index-waiter.js';
import type { DecompositionArgs } from './series.input.js';

/** Takes series apart as of a moment, or else as of the last block indexed, as a run of a model would. */
@Injectable()
export class Decompositions {
  public constructor(
    private readonly reader: DecompositionReader,
    private readonly index: IndexWaiter,
  ) {}

  public async of(series: SeriesRow, { asOf, last }: DecompositionArgs): Promise<SeriesDecomposition | null> {
    const moment = asOf ?? (await this.index.now())?.blockTime;
    return moment ? this.reader.of(series, moment, last) : null;
  }
}
