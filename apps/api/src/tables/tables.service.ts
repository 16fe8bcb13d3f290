import { BadRequestException, Injectable, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { AnomalyReader, type AnomalySource, type AnomalyVerdict } from '@tallyhouse/anomalies';
import { ForecastStepReader, SeriesReader, type ForecastStepFilter } from '@tallyhouse/forecasting';
import { anomalyTable } from './anomaly-table.js';
import { forecastTable } from './forecast-table.js';
import type { Table } from './table.js';

/** More would hold the process up; who needs all asks by run, version or series. */
export const MOST_ROWS = 50_000;
const MAX_LEVEL = 0.25;
const SOURCES: readonly AnomalySource[] = ['SERIES', 'READINGS', 'EVENTS'];
const VERDICTS: readonly AnomalyVerdict[] = ['REAL', 'NOT_REAL'];

type Asked = Readonly<Record<string, string>>;

/** Tables that may be had as a file, read as who asks. */
@Injectable()
export class Tables {
  private readonly byName: Readonly<
    Record<string, { takes: readonly string[]; read: (asked: Asked) => Promise<Table> }>
  > = {
    forecasts: { takes: ['series', 'run'], read: (asked) => this.forecasts(asked) },
    'track-record': { takes: ['version', 'series'], read: (asked) => this.trackRecord(asked) },
    anomalies: {
      takes: ['series', 'stream', 'source', 'partner', 'verdict', 'level'],
      read: (asked) => this.anomalies(asked),
    },
  };

  public constructor(
    private readonly steps: ForecastStepReader,
    private readonly strange: AnomalyReader,
    private readonly series: SeriesReader,
  ) {}

  /**
   * @throws NotFoundException for a table that there is not
   * @throws BadRequestException naming the parameter that it does not take
   * @throws PayloadTooLargeException beyond 50,000 rows
   */
  public async read(name: string, parameters: Readonly<Record<string, unknown>>): Promise<Table> {
    const table = Object.hasOwn(this.byName, name) ? this.byName[name] : undefined;
    if (!table)
      throw new NotFoundException(
        `tables are ${Object.keys(this.byName).join(', ')}, each as .csv or .parquet`,
      );
    return table.read(askedOf(parameters, table.takes));
  }

  private async forecasts({ series, run }: Asked): Promise<Table> {
    if (series === undefined && run === undefined)
      throw new BadRequestException('say which: ?series=<id>, ?run=<id> or both');
    return this.stepTable({ seriesId: series, runId: run });
  }

  private async trackRecord({ version, series }: Asked): Promise<Table> {
    return this.stepTable({ versionId: version, seriesId: series, isRecord: true });
  }

  private async stepTable(filter: ForecastStepFilter): Promise<Table> {
    const rows = await this.steps.list(filter, MOST_ROWS + 1);
    if (rows.length > MOST_ROWS) throw tooMany('name a series too');
    return forecastTable(rows);
  }

  private async anomalies({ series, stream, source, partner, verdict, level }: Asked): Promise<Table> {
    const filter = {
      ...{ seriesId: series, streamId: stream, partner },
      source: oneOf('source', source, SOURCES),
      verdict: oneOf('verdict', verdict, VERDICTS),
      level: levelOf(level),
    };
    const { rows, hasNext } = await this.strange.list(filter, { first: MOST_ROWS });
    if (hasNext) throw tooMany('name a series or a stream, or a lower level');
    const known = (id: string | null): string[] => (id === null ? [] : [id]);
    const seriesIds = [...new Set(rows.flatMap((row) => known(row.seriesId)))];
    const streamIds = [...new Set(rows.flatMap((row) => known(row.streamId)))];
    const eventStreamIds = [...new Set(rows.flatMap((row) => known(row.eventStreamId)))];
    return anomalyTable(rows, {
      series: await this.series.byIds(seriesIds),
      streams: await this.strange.streams(streamIds),
      eventStreams: await this.strange.eventStreams(eventStreamIds),
    });
  }
}

function askedOf(parameters: Readonly<Record<string, unknown>>, takes: readonly string[]): Asked {
  const asked: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (!takes.includes(name))
      throw new BadRequestException(`${name}: not known here; known are ${takes.join(', ')}`);
    if (typeof value !== 'string' || value.includes('\0'))
      throw new BadRequestException(`${name}: one value`);
    if (value !== '') asked[name] = value;
  }
  return asked;
}

function oneOf<Word extends string>(
  name: string,
  text: string | undefined,
  words: readonly Word[],
): Word | undefined {
  const word = words.find((one) => one === text);
  if (word === undefined && text !== undefined)
    throw new BadRequestException(`${name}: ${words.join(' or ')}`);
  return word;
}

function levelOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const level = Number(text);
  if (level > 0 && level <= MAX_LEVEL) return level;
  throw new BadRequestException(`level: a share above 0, up to ${MAX_LEVEL}`);
}

function tooMany(wayOut: string): PayloadTooLargeException {
  return new PayloadTooLargeException(`more than ${MOST_ROWS} rows: ${wayOut}`);
}
