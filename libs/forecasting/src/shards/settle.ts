import { coldStartForecaster } from '../cold-start/cold-start-forecaster.js';
import type { Reconciliation } from '../contract/forecaster.js';
import type { Frequency } from '../contract/panel.js';
import { reconciledForecaster } from '../hierarchy/reconciled-forecaster.js';
import { grainHierarchy } from '../series/grain-hierarchy.js';
import { packForecasts, unpackForecasts } from './packed-forecasts.js';
import { unpackHistory } from './packed-history.js';
import { NO_CONTEXT, recordedForecaster } from './recorded-forecaster.js';

/** A shard as it was made apart. */
interface ApartShard {
  readonly history: Uint8Array;
  /** Its sums without their new parts. */
  readonly reduced: Uint8Array | null;
  readonly forecasts: Uint8Array;
}

/** All shards of a run, as they were made apart. */
export interface ApartShards {
  readonly forecaster: string;
  readonly frequency: Frequency;
  readonly seasonLength: number;
  /** Number of the first period that is not known. */
  readonly end: number;
  /** Periods forecast, those before the first target among them. */
  readonly periods: number;
  readonly levels: readonly number[];
  readonly shards: readonly ApartShard[];
}

/** The shards as they are to be stored. */
export interface SettledShards {
  readonly shards: readonly Uint8Array[];
  readonly reconciled: Reconciliation | undefined;
}

/** What looks at all series at once: new products are likened to their groups, and sums and parts are brought together. */
export async function settle(apart: ApartShards): Promise<SettledShards> {
  const { frequency, seasonLength, end, periods, levels } = apart;
  const parts = apart.shards.map(({ history }) => unpackHistory(history));
  const series = parts.flat();
  const recorded = recordedForecaster(
    apart.forecaster,
    apart.shards.flatMap(({ forecasts }) => unpackForecasts(forecasts)),
    apart.shards.flatMap(({ reduced }) => (reduced ? unpackHistory(reduced) : [])),
  );
  const hierarchy = grainHierarchy(series);
  const forecaster = reconciledForecaster(coldStartForecaster(recorded, hierarchy), hierarchy);
  const fitted = await forecaster.fit({ frequency, seasonLength, series }, NO_CONTEXT);
  const all = await fitted.predict(periods, levels);
  let at = 0;
  const shards = parts.map((part) => packForecasts([{ end, forecasts: all.slice(at, (at += part.length)) }]));
  return { shards, reconciled: all.find((forecast) => forecast.reconciled)?.reconciled };
}
