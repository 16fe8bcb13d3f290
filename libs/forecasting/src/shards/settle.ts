import { coldStartForecaster } from '../cold-start/cold-start-forecaster.js';
import type { Reconciliation } from '../contract/forecaster.js';
import type { Frequency } from '../contract/panel.js';
import { reconciledForecaster } from '../hierarchy/reconciled-forecaster.js';
import { grainHierarchy } from '../series/grain-hierarchy.js';
import type { PanelSeries } from '../series/panel.repository.js';
import { packedForecasts, packForecasts, type PackedAt } from './packed-forecasts.js';
import { unpackHistory } from './packed-history.js';
import { NO_CONTEXT, recordedForecaster } from './recorded-forecaster.js';

/** A shard as it was made apart. */
export interface ApartShard {
  readonly history: Uint8Array;
  /** Its sums without their new parts. */
  readonly reduced: Uint8Array | null;
  readonly forecasts: Uint8Array;
}

/** What is to be said of all shards of a run. */
export interface SettleRequest {
  readonly forecaster: string;
  readonly frequency: Frequency;
  readonly seasonLength: number;
  /** Number of the first period that is not known. */
  readonly end: number;
  /** Periods forecast, those before the first target among them. */
  readonly periods: number;
  readonly levels: readonly number[];
}

/** The shards as they are to be stored. */
export interface SettledShards {
  readonly shards: readonly Uint8Array[];
  readonly reconciled: Reconciliation | undefined;
}

/** What looks at all series at once: new products are likened to their groups, and sums and parts are brought together. */
export class Settling {
  private readonly request: SettleRequest;
  private readonly parts: PanelSeries[][] = [];
  private readonly records: PackedAt[] = [];
  private readonly reduced: PanelSeries[] = [];

  public constructor(request: SettleRequest) {
    this.request = request;
  }

  /** The next shard, as it was made apart. Its bytes are kept and read in place. */
  public add({ history, reduced, forecasts }: ApartShard): void {
    this.parts.push(unpackHistory(history));
    this.records.push(...packedForecasts(forecasts));
    if (reduced) this.reduced.push(...unpackHistory(reduced));
  }

  /** All shards in their order, once. */
  public async settle(): Promise<SettledShards> {
    const { forecaster: name, frequency, seasonLength, end, periods, levels } = this.request;
    const series = this.parts.flat();
    const recorded = recordedForecaster(name, this.records, this.reduced);
    const hierarchy = grainHierarchy(series);
    const forecaster = reconciledForecaster(coldStartForecaster(recorded, hierarchy), hierarchy);
    const fitted = await forecaster.fit({ frequency, seasonLength, series }, NO_CONTEXT);
    const all = await fitted.predict(periods, levels);
    let at = 0;
    const shards = this.parts.map(({ length }) =>
      packForecasts([{ end, forecasts: all.slice(at, (at += length)) }]),
    );
    return { shards, reconciled: all.find((forecast) => forecast.reconciled)?.reconciled };
  }
}
