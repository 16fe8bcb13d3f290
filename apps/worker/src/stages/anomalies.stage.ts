import {
  PERIOD_TRAITS,
  SCAN_SLICE,
  type AnomalyParameterSet,
  type AnomalyScanService,
  type EventWatchService,
  type ReadingWatchService,
  type ScanPass,
} from '@tallyhouse/anomalies';
import type { Logger } from '@tallyhouse/config';
import {
  lastPeriodsMs,
  type Frequency,
  type Measure,
  type PanelSlice,
  type PanelSliceReader,
} from '@tallyhouse/forecasting';
import type { RunningParameters } from '../models/running-parameters.js';
import type { ChainMoment } from './chain-clock.js';

const MEASURES: readonly Measure[] = ['DEMAND', 'RECEIVED', 'SHIPPED'];

/** A scan judges every series anew; one is begun no more often than anybody reads it. */
const PAUSE_MS = 60_000;
/** Slices of one look; the stage is asked for again where more are left. */
const SLICES_A_LOOK = 4;

/** What the stage looks with. */
interface AnomalyServices {
  readonly panels: PanelSliceReader;
  readonly scans: AnomalyScanService;
  readonly readings: ReadingWatchService;
  readonly events: EventWatchService;
}

/**
 * Looks for anomalies in what was captured since the last look, readings of sensors and events themselves, and in series of whole periods after they have grown, by the
 * parameters in force; other ones begin every scan anew, and at once.
 */
export class AnomaliesStage {
  private nextMs = 0;
  private judgedBy: string | undefined;

  public constructor(
    private readonly parameters: RunningParameters,
    private readonly services: AnomalyServices,
    private readonly logger: Logger,
  ) {}

  /**
   * @param nowMs the worker's clock; the moment is the chain's latest indexed block
   * @returns whether more is left than one look takes
   */
  public async run(moment: ChainMoment, nowMs: number): Promise<boolean> {
    const set = await this.parameters.find();
    if (set.version !== this.judgedBy) this.nextMs = nowMs;
    this.judgedBy = set.version;
    const { readings, alarms, isMore } = await this.services.readings.look(moment.block, set);
    if (readings > 0) this.logger.info({ event: 'readings-watched', readings, alarms });
    const judged = await this.services.events.look(moment.block, set);
    if (judged.events > 0)
      this.logger.info({ event: 'events-judged', events: judged.events, alarms: judged.alarms });
    const isScanLeft = await this.scanSome(moment, nowMs, set);
    return isMore || judged.isMore || isScanLeft;
  }

  /** A scan that was begun is gone on with at once, by whichever worker looks next. */
  private async scanSome(moment: ChainMoment, nowMs: number, set: AnomalyParameterSet): Promise<boolean> {
    const mayBegin = nowMs >= this.nextMs;
    let slices = 0;
    for (const measure of MEASURES) {
      for (const frequency of Object.keys(PERIOD_TRAITS) as Frequency[]) {
        let pass = mayBegin
          ? await this.beginning({ measure, frequency }, moment, set)
          : await this.services.scans.standing({ measure, frequency: frequency.toUpperCase() }, set);
        while (pass) {
          if (slices === SLICES_A_LOOK) return true;
          slices += 1;
          pass = await this.scanSlice(pass, { measure, frequency, asOf: pass.asOf }, moment, set);
        }
      }
    }
    if (mayBegin) this.nextMs = nowMs + PAUSE_MS;
    return false;
  }

  /** The scan under way, or a new one. */
  private async beginning(
    { measure, frequency }: { readonly measure: Measure; readonly frequency: Frequency },
    { time: asOf }: ChainMoment,
    set: AnomalyParameterSet,
  ): Promise<ScanPass | null> {
    const { panels, scans } = this.services;
    const subject = { measure, frequency: frequency.toUpperCase() };
    const standing = await scans.standing(subject, set);
    if (standing) return standing;
    const basis = await panels.basis({ measure, frequency, asOf });
    return basis && scans.open(subject, { ...basis, asOf }, set);
  }

  /** @returns the scan after the slice, or null when it has ended */
  private async scanSlice(
    pass: ScanPass,
    request: { readonly measure: Measure; readonly frequency: Frequency; readonly asOf: Date },
    { time, block }: ChainMoment,
    set: AnomalyParameterSet,
  ): Promise<ScanPass | null> {
    const { panels, scans } = this.services;
    const { frequency } = request;
    const after = { last: pass.lastSeries, sha256: pass.dataSha256 };
    const slice = await panels.slice(request, pass.end, after, SCAN_SLICE);
    const { periods, ...traits } = PERIOD_TRAITS[frequency];
    const [lastSeries, dataSha256] = [slice.last, slice.sha256];
    const series = seriesOf(slice, frequency, periods);
    await scans.take(pass, { traits, series, lastSeries, dataSha256 }, set);
    if (!slice.isEnd) return { ...pass, lastSeries, dataSha256 };
    const anomalies = await scans.close({ ...pass, lastSeries }, set, block, time);
    if (anomalies !== null)
      this.logger.info({ event: 'series-scanned', measure: pass.measure, frequency, anomalies });
    return null;
  }
}

function seriesOf(slice: PanelSlice, frequency: Frequency, periods: number) {
  return slice.series.map(({ id, start, values }) => {
    const startsMs = lastPeriodsMs({ start, frequency, count: values.length }, periods);
    return { id, startsMs, values: values.subarray(values.length - startsMs.length) };
  });
}
