import type { EntityManager } from 'typeorm';
import { actualsFrom, firstPeriod } from '../backtest/slice.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';
import { withoutParts } from '../hierarchy/unseen-parts.js';
import type { PanelHead } from '../series/panel-outline.repository.js';
import { SEASON_LENGTH } from '../series/panel.repository.js';
import { shardContents } from './open-plan.repository.js';
import { packHistory, unpackHistory } from './packed-history.js';
import type { WantedForecast } from './recorded-forecaster.js';

/** Where new parts are looked for. */
export interface NewPartsOf extends Pick<Panel, 'frequency'> {
  readonly hierarchy: Hierarchy;
  readonly heads: readonly PanelHead[];
  /** Of the forecasts by whose errors sums and parts are brought together. */
  readonly origins: readonly WantedForecast[];
  readonly shardSeries: number;
}

/**
 * Leaves of which no past origin has seen an error. A whole run forecasts the sums that they are part of without their values; so do
 * shards, whose sums are reduced here. The histories of such leaves are held, and of no others.
 */
export class NewParts {
  private readonly leafOf: ReadonlyMap<string, number>;
  private readonly found = new Map<number, SeriesInput>();

  public constructor(private readonly where: NewPartsOf) {
    this.leafOf = new Map(where.hierarchy.leaves.map((id, at) => [id, at]));
  }

  /** Looks at the next histories. */
  public add(series: readonly SeriesInput[]): void {
    if (this.where.origins.length === 0) return;
    for (const { id, start, values } of series) {
      const leaf = this.leafOf.get(id);
      if (leaf !== undefined && this.isNew({ id, start, values }))
        this.found.set(leaf, { id, start, values });
    }
  }

  /** Keeps the sums of each shard without the new parts. */
  public async keep(manager: EntityManager, runId: string): Promise<void> {
    if (this.found.size === 0) return;
    const { heads, hierarchy, shardSeries } = this.where;
    const sums = hierarchy.sums.filter(({ parts }) => parts.some((leaf) => this.found.has(leaf)));
    const numberOf = new Map(heads.map(({ id }, at) => [id, Math.floor(at / shardSeries)]));
    const byShard = Map.groupBy(sums, ({ id }) => numberOf.get(id)!);
    for (const [number, own] of byShard) {
      const [content] = await shardContents(manager, runId, ['history'], number);
      const ids = new Set(own.map(({ id }) => id));
      const whole = unpackHistory(content!.history).filter(({ id }) => ids.has(id));
      const reduced = this.reduced(whole, { ...hierarchy, sums: own });
      await manager.query(KEEP_REDUCED, [runId, number, Buffer.from(packHistory(reduced))]);
    }
  }

  private reduced<Series extends SeriesInput>(whole: readonly Series[], hierarchy: Hierarchy): Series[] {
    const { frequency } = this.where;
    const series = [...whole, ...this.found.values()];
    const panel = { frequency, seasonLength: SEASON_LENGTH[frequency], series };
    const { series: apart } = withoutParts(panel, hierarchy, new Set(this.found.keys()));
    return whole.map((one, at) => ({ ...one, values: apart[at]!.values }));
  }

  /** As where errors are taken: one is known where a value was seen before the origin and one came after. */
  private isNew(one: SeriesInput): boolean {
    const { frequency, origins } = this.where;
    const begin = firstPeriod(one, frequency);
    const isObserved = (value: number): boolean => !Number.isNaN(value);
    const panel = { frequency, seasonLength: SEASON_LENGTH[frequency], series: [one] };
    return origins.every(({ end, steps }) => {
      const before = one.values.subarray(0, Math.max(0, end - begin));
      return !before.some(isObserved) || !actualsFrom(one, panel, end, steps).some(isObserved);
    });
  }
}

const KEEP_REDUCED = 'UPDATE forecast_shard_content SET reduced = $3 WHERE run_id = $1 AND number = $2';
