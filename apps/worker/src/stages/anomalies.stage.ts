import type { AnomalyScanService, ReadingWatchService, ScanPass } from '@tallyhouse/anomalies';
import type { Logger } from '@tallyhouse/config';
import {
  periodIndex,
  periodStartMs,
  type Frequency,
  type Measure,
  type PanelSlice,
  type PanelSliceReader,
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

/** A scan judges every series anew; one is begun no more often than anybody reads it. */
const PAUSE_MS = 60_000;
/** Series that are read and judged at once. */
const SLICE_SERIES = 500;
/** Slices of one look; the stage is asked for again where more are left. */
const SLICES_A_LOOK = 4;

/** Looks for anomalies in what sensors read since the last look, and in series of whole periods after they have grown. */
export class AnomaliesStage {
  private nextMs = 0;

  public constructor(
    private readonly panels: PanelSliceReader,
    private readonly scans: AnomalyScanService,
    private readonly readings: ReadingWatchService,
    private readonly logger: Logger,
  ) {}

  /**
   * @param nowMs the worker's clock; the moment is the chain's latest indexed block
   * @returns whether more is left than one look takes
   */
  public async run(moment: ChainMoment, nowMs: number): Promise<boolean> {
    const { readings, alarms, isMore } = await this.readings.look(moment.block);
    if (readings > 0) this.logger.info({ event: 'readings-watched', readings, alarms });
    const isScanLeft = await this.scanSome(moment, nowMs);
    return isMore || isScanLeft;
  }

  /** A scan that was begun is gone on with at once, by whichever worker looks next. */
  private async scanSome(moment: ChainMoment, nowMs: number): Promise<boolean> {
    const mayBegin = nowMs >= this.nextMs;
    let slices = 0;
    for (const measure of MEASURES) {
      for (const frequency of Object.keys(TRAITS) as Frequency[]) {
        let pass = await this.passOf(measure, frequency, moment, mayBegin);
        while (pass) {
          if (slices === SLICES_A_LOOK) return true;
          slices += 1;
          pass = await this.scanSlice(pass, { measure, frequency, asOf: pass.asOf }, moment);
        }
      }
    }
    if (mayBegin) this.nextMs = nowMs + PAUSE_MS;
    return false;
  }

  private async passOf(
    measure: Measure,
    frequency: Frequency,
    { time: asOf }: ChainMoment,
    mayBegin: boolean,
  ): Promise<ScanPass | null> {
    const subject = { measure, frequency: frequency.toUpperCase() };
    const standing = await this.scans.standing(subject);
    if (standing || !mayBegin) return standing;
    const basis = await this.panels.basis({ measure, frequency, asOf });
    return basis && this.scans.open(subject, { ...basis, asOf });
  }

  /** @returns the scan after the slice, or null when it has ended */
  private async scanSlice(
    pass: ScanPass,
    request: { readonly measure: Measure; readonly frequency: Frequency; readonly asOf: Date },
    { time, block }: ChainMoment,
  ): Promise<ScanPass | null> {
    const { frequency } = request;
    const after = { last: pass.lastSeries, sha256: pass.dataSha256 };
    const slice = await this.panels.slice(request, pass.end, after, SLICE_SERIES);
    const { seasonMs, phases, periods } = TRAITS[frequency];
    const [lastSeries, dataSha256] = [slice.last, slice.sha256];
    const series = seriesOf(slice, frequency, periods);
    await this.scans.take(pass, { traits: { seasonMs, phases }, series, lastSeries, dataSha256 });
    if (!slice.isEnd) return { ...pass, lastSeries, dataSha256 };
    const anomalies = await this.scans.close({ ...pass, lastSeries }, block, time);
    if (anomalies !== null)
      this.logger.info({ event: 'series-scanned', measure: pass.measure, frequency, anomalies });
    return null;
  }
}

function seriesOf(slice: PanelSlice, frequency: Frequency, periods: number) {
  return slice.series.map(({ id, start, values }) => {
    const first = periodIndex(Date.parse(start), frequency);
    const from = Math.max(0, values.length - periods);
    const startsMs = Array.from({ length: values.length - from }, (_, at) =>
      periodStartMs(first + from + at, frequency),
    );
    return { id, startsMs, values: values.subarray(from) };
  });
}
