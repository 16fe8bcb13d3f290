import { setImmediate as otherWork } from 'node:timers/promises';
import type { Hex } from '@tallyhouse/proofs';
import type { EntityManager } from 'typeorm';
import { firstPeriod } from '../backtest/slice.js';
import type { SeriesInput } from '../contract/panel.js';
import { grainHierarchy } from '../series/grain-hierarchy.js';
import { PanelDigest } from '../series/panel-digest.js';
import type { PanelOutline } from '../series/panel-outline.repository.js';
import { SEASON_LENGTH } from '../series/panel.repository.js';
import type { CovariateBook } from '../statements/covariate-book.js';
import { isPlace, LeafPaths } from '../statements/leaf-paths.js';
import { observedOf, sightOf, toldSeries, type TakenCovariates } from '../statements/outlook.js';
import { SumPaths } from '../statements/sum-paths.js';
import type { Frequency } from '../contract/panel.js';
import { shardContents } from './open-plan.repository.js';
import { unpackHistory } from './packed-history.js';
import { packTold, type ToldSums } from './told-shard.js';

/** Leaves between two moments at which the worker does other work. */
const PIECE = 1_000;

/** What is told to whom. */
export interface Telling {
  readonly taken: TakenCovariates;
  readonly book: CovariateBook;
  readonly outline: PanelOutline;
  readonly frequency: Frequency;
  /** Ends of the panels that the model is fitted to, the whole one last. */
  readonly ends: readonly number[];
  /** What was said by then is known of the whole panel. */
  readonly now: Date;
  /** Periods after an end for which covariates are wanted. */
  readonly steps: number;
  readonly shardSeries: number;
}

/** What was known of the histories at a moment. */
interface Known {
  readonly end: number;
  /** First period of any series. */
  first: number;
  /** Units of each leaf, NaN where nothing of it was known. */
  readonly weights: Float64Array;
}

/**
 * Works out the covariates of sums for every shard of a run. Histories pass by once, and of each leaf only its weight at each moment is
 * kept; then what was said of the leaves passes by once a moment, in memory that grows with the sums and the products.
 */
export class ShardTelling {
  private readonly hierarchy;
  private readonly leafOf;
  private readonly rows;
  private readonly known: readonly Known[];

  public constructor(private readonly telling: Telling) {
    const { heads } = telling.outline;
    this.hierarchy = grainHierarchy(heads);
    this.leafOf = new Map(this.hierarchy.leaves.map((id, at) => [id, at]));
    this.rows = new Map(heads.map((row) => [row.id, row]));
    this.known = telling.ends.map((end) => ({
      ...{ end, first: end },
      weights: new Float64Array(this.hierarchy.leaves.length).fill(NaN),
    }));
  }

  /** Looks at the next histories. */
  public add(series: readonly SeriesInput[]): void {
    for (const one of series) {
      const begin = firstPeriod(one, this.telling.frequency);
      const leaf = isPlace(this.rows.get(one.id)) ? this.leafOf.get(one.id) : undefined;
      for (const moment of this.known) {
        const seen = one.values.subarray(0, Math.max(0, moment.end - begin));
        // As a panel that is cut: a series of which no value is known by then is not in it. The whole panel has all.
        if (moment.end < this.telling.outline.end && seen.every(Number.isNaN)) continue;
        moment.first = Math.min(moment.first, begin);
        if (leaf !== undefined) moment.weights[leaf] = observedOf(seen);
      }
    }
  }

  /** Keeps what each shard is to be told; returns the digest of the whole panel with its covariates. */
  public async tell(manager: EntityManager, runId: string): Promise<Hex> {
    let whole: ToldSums | undefined;
    for (const [moment, known] of this.known.entries()) {
      whole = await this.toldAt(known);
      await this.keep(manager, runId, moment, whole);
    }
    return this.digest(manager, runId, whole!);
  }

  private async toldAt({ end, first, weights }: Known): Promise<ToldSums> {
    const { taken, book, frequency, outline, now, steps } = this.telling;
    const sight = sightOf({ end, first }, { end: outline.end, now, steps }, frequency);
    const leaves = new LeafPaths(book, taken.covariates, sight);
    const sums = new SumPaths(taken.covariates, this.hierarchy, weights, end - first);
    for (const [at, id] of this.hierarchy.leaves.entries()) {
      const row = this.rows.get(id);
      if (isPlace(row)) sums.add(at, leaves.of(row));
      if (at % PIECE === 0) await otherWork();
    }
    const told = this.hierarchy.sums.flatMap(({ id }, at) => {
      const paths = sums.of(at);
      return paths ? [[id, paths] as const] : [];
    });
    return { end, sight, sums: new Map(told) };
  }

  private async keep(
    manager: EntityManager,
    runId: string,
    moment: number,
    { sums, ...rest }: ToldSums,
  ): Promise<void> {
    const { outline, shardSeries } = this.telling;
    for (let number = 0; number * shardSeries < outline.heads.length; number += 1) {
      const heads = outline.heads.slice(number * shardSeries, (number + 1) * shardSeries);
      const own = heads.flatMap(({ id }) => {
        const paths = sums.get(id);
        return paths ? [[id, paths] as const] : [];
      });
      const content = packTold({ ...rest, sums: new Map(own) });
      await manager.query(INSERT_TOLD, [runId, number, moment, Buffer.from(content)]);
    }
  }

  private async digest(manager: EntityManager, runId: string, { sums, sight }: ToldSums): Promise<Hex> {
    const { taken, book, frequency, outline, steps, shardSeries } = this.telling;
    const { covariates } = taken;
    const leaves = new LeafPaths(book, covariates, sight);
    const digest = new PanelDigest({ frequency, seasonLength: SEASON_LENGTH[frequency], covariates });
    const reach = { covariates, steps, first: sight.periods.first, frequency };
    for (let number = 0; number * shardSeries < outline.heads.length; number += 1) {
      const [content] = await shardContents(manager, runId, ['history'], number);
      for (const one of unpackHistory(content!.history))
        digest.add([toldSeries(one, isPlace(one) ? leaves.of(one) : sums.get(one.id), reach)]);
    }
    return digest.sha256();
  }
}

const INSERT_TOLD =
  'INSERT INTO forecast_shard_told (run_id, number, moment, content) VALUES ($1, $2, $3, $4)';
