import {
  AnomalyReader,
  DEFAULT_LEVEL,
  labelledAlarms,
  labelledEvents,
  labelledSeriesPeriods,
  replayEventStream,
  type AnomalyParameterSet,
  type LabelledEvent,
} from '@tallyhouse/anomalies';
import { PanelSliceReader, type Frequency, type Measure } from '@tallyhouse/forecasting';
import type { DataSource } from 'typeorm';
import { rescanPanel } from './rescan-panel.js';

/** Of what people said something or nothing was the matter with, how many would be reported. */
export interface LabelCount {
  readonly labelled: number;
  readonly candidate: number;
  readonly incumbent: number;
}

/** How two sets of parameters do on what people said of anomalies. */
export interface LabelFigures {
  /** False discovery rate at which both are held: the one in force, or the first one where labels have made it stricter. */
  readonly level: number;
  /** Time of the chain as of which series were read. */
  readonly asOf: string;
  readonly series: { readonly real: LabelCount; readonly notReal: LabelCount };
  /** By the novelty that each alarm was told with; a stream is not read again. */
  readonly readings: { readonly real: LabelCount; readonly notReal: LabelCount };
  /** Labelled events and those before them are judged again. */
  readonly events: { readonly real: LabelCount; readonly notReal: LabelCount };
}

type BothSets = Record<'candidate' | 'incumbent', AnomalyParameterSet>;

/** Scans the series of labelled periods by both sets, as they are at a moment, judges the streams of labelled events again, and looks which of the labels each would report. */
export async function labelFigures(
  dataSource: DataSource,
  { candidate, incumbent }: BothSets,
  asOf: Date,
): Promise<LabelFigures | null> {
  const periods = await labelledSeriesPeriods(dataSource);
  const alarms = await labelledAlarms(dataSource);
  const events = await labelledEvents(dataSource);
  if (periods.length + alarms.length + events.length === 0) return null;
  // Labels move the level: at the one that they set, most of what they say is gone under any parameters.
  const level = Math.max(DEFAULT_LEVEL, (await new AnomalyReader(dataSource).level()).level);
  const reported = { candidate: new Set<string>(), incumbent: new Set<string>() };
  for (const group of Map.groupBy(periods, (one) => `${one.measure} ${one.frequency}`).values()) {
    const measure = group[0]!.measure as Measure;
    const frequency = group[0]!.frequency.toLowerCase() as Frequency;
    const basis = await new PanelSliceReader(dataSource).basis({ measure, frequency, asOf });
    const { scans } = await rescanPanel(dataSource, [candidate, incumbent], {
      ...{ measure, frequency, asOf, end: basis?.end ?? null },
      wanted: new Set(group.map(({ startMs }) => startMs)),
    });
    for (const [at, name] of (['candidate', 'incumbent'] as const).entries())
      for (const one of scans[at]!.reported(level)) reported[name].add(keyOf(one));
  }
  const ofSeries = (verdict: string): LabelCount => {
    const said = periods.filter((one) => one.verdict === verdict);
    const among = (keys: ReadonlySet<string>) => said.filter((one) => keys.has(keyOf(one))).length;
    return {
      labelled: said.length,
      candidate: among(reported.candidate),
      incumbent: among(reported.incumbent),
    };
  };
  const ofAlarms = (verdict: string): LabelCount => {
    const said = alarms.filter((one) => one.verdict === verdict);
    const among = ({ readings }: AnomalyParameterSet) =>
      said.filter(({ novelty }) => novelty >= readings.alarmNovelty).length;
    return { labelled: said.length, candidate: among(candidate), incumbent: among(incumbent) };
  };
  return {
    ...{ level, asOf: asOf.toISOString() },
    series: { real: ofSeries('REAL'), notReal: ofSeries('NOT_REAL') },
    readings: { real: ofAlarms('REAL'), notReal: ofAlarms('NOT_REAL') },
    events: await eventFigures(dataSource, { candidate, incumbent }, events, level),
  };
}

async function eventFigures(
  dataSource: DataSource,
  { candidate, incumbent }: BothSets,
  labelled: readonly LabelledEvent[],
  level: number,
): Promise<LabelFigures['events']> {
  const count = () => ({ labelled: 0, candidate: 0, incumbent: 0 });
  const counts = { REAL: count(), NOT_REAL: count() };
  const both = [candidate.eventsInForce, incumbent.eventsInForce];
  for (const [streamId, events] of Map.groupBy(labelled, (one) => one.streamId)) {
    const [byCandidate, byIncumbent] = await replayEventStream(dataSource, streamId, both);
    for (const { eventId, verdict } of events) {
      counts[verdict].labelled += 1;
      counts[verdict].candidate += Number((byCandidate!.get(eventId) ?? 1) <= level);
      counts[verdict].incumbent += Number((byIncumbent!.get(eventId) ?? 1) <= level);
    }
  }
  return { real: counts.REAL, notReal: counts.NOT_REAL };
}

const keyOf = ({ seriesId, startMs }: { seriesId: string; startMs: number }): string =>
  `${seriesId} ${startMs}`;
