import { writeFile } from 'node:fs/promises';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** One step of one series: its id, its moment as the file writes it, its number from 1, and figures as the head names them. */
export type ForecastRow = readonly [id: string, time: string, step: number, ...figures: number[]];

/** Forecasts as they are written to a file. */
export interface ForecastTable {
  /** Names of the figures. */
  readonly figures: readonly string[];
  readonly rows: readonly ForecastRow[];
}

/**
 * Writes forecasts where they are wanted: as Parquet where the name ends with `.parquet`, as CSV otherwise, and as CSV to the screen
 * without a name.
 */
export async function writeForecasts(table: ForecastTable, out: string | undefined): Promise<void> {
  if (out === undefined) process.stdout.write(csvOf(table));
  else await writeFile(out, out.endsWith('.parquet') ? parquetOf(table) : csvOf(table));
}

/** RFC 4180, with line feeds alone; an id is written as it was read, so that it can be joined. */
function csvOf({ figures, rows }: ForecastTable): string {
  const lines = rows.map(([id, ...rest]) => [quoted(id), ...rest].join(','));
  return `${[['id', 'time', 'step', ...figures].join(','), ...lines].join('\n')}\n`;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Apache Parquet: `time` in milliseconds of UTC, `step` an integer of 32 bits, figures of 64 bits. */
function parquetOf({ figures, rows }: ForecastTable): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', type: 'STRING', data: rows.map(([id]) => id) },
        { name: 'time', type: 'TIMESTAMP', data: rows.map(([, time]) => new Date(time)) },
        { name: 'step', type: 'INT32', data: rows.map(([, , step]) => step) },
        ...figures.map((name, at) => ({
          ...{ name, type: 'DOUBLE' as const },
          data: rows.map((row) => row[at + 3] as number),
        })),
      ],
    }),
  );
}
