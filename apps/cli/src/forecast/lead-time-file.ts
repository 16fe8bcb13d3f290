import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import {
  deliveryOf,
  evaluateLateness,
  LATENESS_SETTINGS,
  type Delivery,
  type LatenessEvaluation,
  type ProbabilityFigures,
} from '@tallyhouse/forecasting';
import { readScms } from '@tallyhouse/supply-chain';
import { CliError } from '../cli.errors.js';

export interface LeadTimeOptions {
  readonly input: string;
  readonly out?: string;
  readonly split: string;
  readonly notice: number;
}

const DAY_MS = 86_400_000;

/** `tallyhouse forecast lead-time`: how likely a delivery is late, and when it comes, asked some days before. */
export async function leadTimeOfFile(options: LeadTimeOptions): Promise<void> {
  const splitMs = /^\d{4}-\d{2}-\d{2}$/.test(options.split) ? Date.parse(options.split) : NaN;
  if (Number.isNaN(splitMs)) {
    throw new CliError(`--split ${options.split} is no date`, 'give a day like 2014-01-01');
  }
  const { deliveries, refused } = await readDeliveries(options.input);
  const found = evaluateLateness(deliveries, splitMs / DAY_MS, {
    ...LATENESS_SETTINGS,
    noticeDays: options.notice,
  });
  if (options.out) await writePredictions(options.out, found);
  report(found, options, refused);
}

async function readDeliveries(file: string): Promise<{ deliveries: Delivery[]; refused: number }> {
  const deliveries: Delivery[] = [];
  let refused = 0;
  const source = createReadStream(file).on('error', () => undefined);
  try {
    for await (const line of readScms(source)) {
      if (line.ok) deliveries.push(deliveryOf(line.row));
      else refused += 1;
    }
  } catch {
    throw new CliError(`${file} cannot be read`, 'give the path of the SCMS delivery history, plain or gzip');
  }
  return { deliveries, refused };
}

async function writePredictions(out: string, { predictions }: LatenessEvaluation): Promise<void> {
  const lines = predictions.map(({ id, lateProbability, isLate, arrival }) =>
    [id, lateProbability.toFixed(6), isLate ? 1 : 0, ...arrival].join(','),
  );
  await writeFile(out, `${['id,late_probability,late,days_10,days_50,days_90', ...lines].join('\n')}\n`);
}

function report(found: LatenessEvaluation, { split, notice }: LeadTimeOptions, refused: number): void {
  const { predictions: _, ...figures } = found;
  const lines = [
    `learned from ${found.training} lines written down before ${split}; asked from that day on about ${found.test}, each ${notice} days before it was due${refused > 0 ? `; ${refused} lines could not be read` : ''}`,
    `${(100 * found.lateShare).toFixed(1)} % of those came late`,
    ['method', 'AUC', 'Brier', 'calibration', 'mean'].map(cell).join(''),
    ...Object.entries(found.methods).map(([name, one]) => row(name, one)),
    `arrival: ${(100 * found.arrival.coverage).toFixed(1)} % inside the 80 % interval; pinball ${found.arrival.pinballDays.toFixed(3)} days, of all lanes together ${found.arrival.overallPinballDays.toFixed(3)}`,
    JSON.stringify({ split, ...figures, refused }, (_key, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(6)) : value,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function row(name: string, { auc, brier, calibrationError, meanProbability }: ProbabilityFigures): string {
  const figures = [auc, brier, calibrationError, meanProbability];
  return [name, ...figures.map((value) => value?.toFixed(4) ?? '-')].map(cell).join('');
}

const cell = (text: string, column: number): string => (column === 0 ? text.padEnd(16) : text.padStart(13));
