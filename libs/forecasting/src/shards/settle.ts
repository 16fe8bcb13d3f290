import type { Reconciliation, SeriesForecast } from '../contract/forecaster.js';
import type { Frequency } from '../contract/panel.js';
import type { NodeVector } from '../hierarchy/hierarchy.js';
import { moved, withNewParts } from '../hierarchy/moved-forecast.js';
import { bringTogether, reconcilerOf, type Reconciler } from '../hierarchy/reconciler.js';
import { packForecasts } from './packed-forecasts.js';
import type { PanelSeries } from '../series/panel.repository.js';
import { unpackHistory } from './packed-history.js';
import type { WantedForecast } from './recorded-forecaster.js';
import { RecordedShard } from './recorded-shard.js';
import { SettleErrors } from './settle-errors.js';
import { conclude, SettleNewcomers } from './settle-newcomers.js';
import { Surveyor, type Survey } from './settle-survey.js';

/** A shard as it was made apart. */
export interface ApartShard {
  readonly history: Uint8Array;
  readonly forecasts: Uint8Array;
}

/** What of a shard is wanted. */
export type ShardPart = keyof ApartShard;

/** Reads some of a shard, by its place among the shards. */
export type ReadShard = <Part extends ShardPart>(
  place: number,
  parts: readonly Part[],
) => Promise<Pick<ApartShard, Part>>;

/** What is to be said of all shards of a run. */
export interface SettleRequest {
  readonly forecaster: string;
  readonly frequency: Frequency;
  readonly seasonLength: number;
  readonly series: number;
  readonly shards: number;
  /** What was recorded: at past origins, and of what comes. */
  readonly wanted: readonly WantedForecast[];
  /** Bytes that peers of new series may take at once; by default some of each series. */
  readonly peerBytes?: number;
}

/** Bytes of peers, that few and small panels pass by once. */
const LEAST_PEER_BYTES = 16 * 2 ** 20;
const PEER_BYTES_A_SERIES = 128;

interface Settled {
  readonly survey: Survey;
  readonly newcomers: SettleNewcomers;
  readonly reconciler: Reconciler | undefined;
  /** Means that add up, a vector a step. */
  readonly means: readonly NodeVector[];
  /** Places of the sums that are forecast without their new parts. */
  readonly reduced: ReadonlySet<number>;
  /** Moved forecasts of leaves whose errors were never seen. */
  readonly newParts: ReadonlyMap<number, SeriesForecast>;
}

/**
 * What looks at all series at once: new products are likened to their groups, and sums and parts are brought together. Shards pass by
 * several times, one at a time; what is kept of a series are its errors, its means and whose part it is.
 */
export class Settling {
  private readonly request: SettleRequest;
  private readonly read: ReadShard;
  private readonly begins: number[] = [];
  private settled: Settled | undefined;

  public constructor(request: SettleRequest, read: ReadShard) {
    this.request = request;
    this.read = read;
  }

  /** Looks at all shards; how sums and parts were brought together, if there are any. */
  public async prepare(): Promise<Reconciliation | undefined> {
    const { wanted, frequency } = this.request;
    const survey = await this.surveyed();
    const newcomers = new SettleNewcomers(survey, wanted, frequency);
    if (!newcomers.isEmpty) await this.liken(survey, newcomers);
    const common = { survey, newcomers, newParts: new Map() };
    if (survey.addition.sums.length === 0) {
      this.settled = { ...common, reconciler: undefined, means: [], reduced: new Set() };
      return undefined;
    }
    const settled = { ...common, ...(await this.broughtTogether(survey, newcomers)) };
    this.settled = { ...settled, newParts: await this.newParts(settled) };
    return settled.reconciler.method;
  }

  /** The forecasts of a shard as they are to be stored, once all is prepared. */
  public shard(place: number, forecasts: Uint8Array): Uint8Array {
    const settled = this.settled!;
    const recorded = new RecordedShard(forecasts);
    const { last } = this;
    const made = recorded.ids(last).map((id, at) => {
      const node = settled.survey.nodes[this.begins[place]! + at]!;
      const forecast = this.forecast(settled, recorded, id, node);
      return node < settled.survey.addition.sums.length ? this.widened(settled, forecast, node) : forecast;
    });
    return packForecasts([{ end: last.end, forecasts: made }]);
  }

  private get last(): WantedForecast {
    return this.request.wanted.at(-1)!;
  }

  private async surveyed(): Promise<Survey> {
    const { series, frequency, seasonLength, wanted, shards } = this.request;
    const surveyor = new Surveyor({ series, frequency, seasonLength, moments: wanted });
    let begin = 0;
    for (let place = 0; place < shards; place += 1) {
      const histories = unpackHistory((await this.read(place, ['history'])).history);
      this.begins.push(begin);
      begin += histories.length;
      surveyor.add(histories);
    }
    return surveyor.made();
  }

  private async liken({ nodes, addition }: Survey, newcomers: SettleNewcomers): Promise<void> {
    const leafAt = (place: number, at: number): number =>
      nodes[this.begins[place]! + at]! - addition.sums.length;
    const histories = async (look: (leaf: number, one: PanelSeries) => void): Promise<void> => {
      for (let place = 0; place < this.request.shards; place += 1)
        unpackHistory((await this.read(place, ['history'])).history).forEach((one, at) => {
          if (leafAt(place, at) >= 0) look(leafAt(place, at), one);
        });
    };
    await histories((leaf, one) => newcomers.expect(leaf, one));
    await histories((leaf, one) => newcomers.addHistory(leaf, one));
    const { series, peerBytes = LEAST_PEER_BYTES + PEER_BYTES_A_SERIES * series } = this.request;
    for (const gathering of newcomers.gatherings(peerBytes)) {
      for (let place = 0; place < this.request.shards; place += 1) {
        const recorded = new RecordedShard((await this.read(place, ['forecasts'])).forecasts);
        recorded.ids(this.last).forEach((id, at) => {
          if (leafAt(place, at) >= 0) newcomers.gather(gathering, leafAt(place, at), id, recorded);
        });
      }
      conclude(gathering);
    }
  }

  private async broughtTogether(survey: Survey, newcomers: SettleNewcomers) {
    const { wanted, frequency, shards } = this.request;
    const all = new SettleErrors(survey, newcomers, wanted, frequency);
    for (let place = 0; place < shards; place += 1) {
      const { history, forecasts } = await this.read(place, ['history', 'forecasts']);
      const recorded = new RecordedShard(forecasts);
      unpackHistory(history).forEach((one, at) => {
        const node = survey.nodes[this.begins[place]! + at]!;
        if (node >= 0) all.add(node, one, recorded);
      });
    }
    const reconciler = reconcilerOf(survey.addition, all.errors);
    const reduced = all.withoutUnseen(reconciler.unseen);
    bringTogether(survey.addition, all.means, reconciler, (node) => survey.negative[node] === 0);
    return { reconciler, reduced, means: all.means };
  }

  /** What the sums of new parts will be widened by; they may stand in shards that come before their parts'. */
  private async newParts(
    settled: Settled & { readonly reconciler: Reconciler },
  ): Promise<Map<number, SeriesForecast>> {
    const { survey, reconciler } = settled;
    const found = new Map<number, SeriesForecast>();
    const { sums } = survey.addition;
    for (const [place, begin] of this.begins.entries()) {
      const nodes = survey.nodes.subarray(begin, this.begins[place + 1]);
      if (!nodes.some((node) => reconciler.unseen.has(node - sums.length))) continue;
      const recorded = new RecordedShard((await this.read(place, ['forecasts'])).forecasts);
      recorded.ids(this.last).forEach((id, at) => {
        const leaf = nodes[at]! - sums.length;
        if (reconciler.unseen.has(leaf)) found.set(leaf, this.forecast(settled, recorded, id, nodes[at]!));
      });
    }
    return found;
  }

  /** What comes for a series, moved so that it adds up. */
  private forecast(
    { survey, newcomers, reconciler, means, reduced }: Settled,
    recorded: RecordedShard,
    id: string,
    node: number,
  ): SeriesForecast {
    const leaf = node - survey.addition.sums.length;
    const own =
      (reduced.has(node) ? recorded.reduced(id) : undefined) ??
      newcomers.forecast(leaf, this.request.forecaster) ??
      recorded.of(this.last, id);
    if (!reconciler || node < 0) return own;
    const holdsAtZero = survey.negative[node] === 0;
    const { ratios, method } = reconciler;
    return moved(own, { means, node, ratio: ratios[node]!, holdsAtZero, method });
  }

  private widened(
    { survey, reconciler, newParts }: Settled,
    sum: SeriesForecast,
    node: number,
  ): SeriesForecast {
    if (!reconciler || node < 0) return sum;
    const parts: SeriesForecast[] = [];
    if (newParts.size > 0)
      for (const leaf of survey.addition.sums[node]!.parts) {
        const part = newParts.get(leaf);
        if (part) parts.push(part);
      }
    return withNewParts(sum, parts, survey.negative[node] === 0);
  }
}
