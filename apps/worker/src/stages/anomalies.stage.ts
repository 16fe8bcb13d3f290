import type { AnomalyScanService, ReadingWatchService } from '@tallyhouse/anomalies';
import type { Logger } from '@tallyhouse/config';
import {
  panelSha256,
  periodIndex,
  periodStartMs,
  type DatedPanel,
  type Frequency,
  type Measure,
  type PanelRepository,
} from '@tallyhouse/forecasting';
import type { ChainMoment } from './chain-clock.js';

const MEASURES: readonly Measure[] = ['DEMAND', 'RECEIVED', 'SHIPPED'];
const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;

/** The season that is looked for, and the longest past that is judged again when a series grows. */
const TRAITS: Readonly<Record<Frequency, { seasonMs: number; phases: number; periods: number }>> = {
  daily: { seasonMs: 7 * DAY_MS, phases: 7, periods: 400 },
  weekly: { seasonMs: YEAR_MS, phases: 12, periods: 260 },
  monthly: { seasonMs: YEAR_MS, phases: 12, periods: 240 },
};

/** A scan judges every series anew; more often than this nobody reads it. */
const PAUSE_MS = 60_000;

/** Looks for anomalies in what sensors read since the last look, and in series of whole periods after they have grown. */
export class AnomaliesStage {
  private nextMs = 0;

  public constructor(
    private readonly panels: PanelRepository,
    private readonly scans: AnomalyScanService,
    private readonly readings: ReadingWatchService,
    private readonly logger: Logger,
  ) {}

  /**
   * @param nowMs the worker's clock; the moment is the chain's latest indexed block
   * @returns whether more was captured than one look takes
   */
  public async run(moment: ChainMoment, nowMs: number): Promise<boolean> {
    const { readings, alarms, isMore } = await this.readings.look(moment.block);
    if (readings > 0) this.logger.info({ event: 'readings-watched', readings, alarms });
    if (nowMs >= this.nextMs) await this.scanSeries(moment, nowMs);
    return isMore;
  }

  private async scanSeries({ time, block }: ChainMoment, nowMs: number): Promise<void> {
    for (const measure of MEASURES) {
      for (const frequency of Object.keys(TRAITS) as Frequency[]) {
        await this.scan(measure, frequency, time, block);
      }
    }
    this.nextMs = nowMs + PAUSE_MS;
  }

  private async scan(measure: Measure, frequency: Frequency, asOf: Date, block: number): Promise<void> {
    const dated = await this.panels.panel({ measure, frequency, asOf });
    if (!dated) return;
    const { seasonMs, phases, periods } = TRAITS[frequency];
    const anomalies = await this.scans.scan({
      measure,
      frequency: frequency.toUpperCase(),
      traits: { seasonMs, phases },
      series: seriesOf(dated, periods),
      dataSha256: panelSha256(dated.panel),
      block,
      now: asOf,
    });
    if (anomalies !== null) this.logger.info({ event: 'series-scanned', measure, frequency, anomalies });
  }
}

function seriesOf({ panel }: DatedPanel, periods: number) {
  return panel.series.map(({ id, start, values }) => {
    const first = periodIndex(Date.parse(start), panel.frequency);
    const from = Math.max(0, values.length - periods);
    const startsMs = Array.from({ length: values.length - from }, (_, at) =>
      periodStartMs(first + from + at, panel.frequency),
    );
    return { id, startsMs, values: values.subarray(from) };
  });
}
