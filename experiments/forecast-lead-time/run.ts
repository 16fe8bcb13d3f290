import { createReadStream, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  asOfDeliveries,
  deliveryOf,
  evaluateLateness,
  latenessArtifact,
  LATENESS_SETTINGS,
  learnLateness,
  measureLateness,
  probabilityFigures,
  readLateness,
  type Delivery,
  type ProbabilityFigures,
} from '@tallyhouse/forecasting';
import { sha256Hex } from '@tallyhouse/proofs';
import { readScms } from '@tallyhouse/supply-chain';

const DAY_MS = 86_400_000;
const SPLIT = '2014-01-01';
const NO_ROOT = `0x${'00'.repeat(32)}` as const;
/** Trees are grown anew after so many days: a vote a year, two a year, and nearly at every refresh. */
const REFIT_DAYS = [365, 182, 30] as const;
const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve('..', 'shared', 'data');
const splitDay = Date.parse(SPLIT) / DAY_MS;

const deliveries: Delivery[] = [];
for await (const line of readScms(
  createReadStream(resolve(shared, 'scms-shipments', 'scms_delivery_history.csv.gz')),
)) {
  if (line.ok) deliveries.push(deliveryOf(line.row));
}

/** A version as it is voted on: learned at the split, written down and read again; its trees stay, its calibration follows. */
function byArtifact(): object {
  const learned = learnLateness(asOfDeliveries(deliveries), splitDay, LATENESS_SETTINGS);
  const bytes = latenessArtifact({ ...learned, dataRoot: NO_ROOT, dataBlock: 0 });
  const { predictions: _, ...figures } = measureLateness(deliveries, splitDay, readLateness(bytes));
  return { sha256: sha256Hex(bytes), bytes: bytes.byteLength, ...figures };
}

/** Trees are grown anew from all that is known every so many days; each line is told by the last. */
function byRefits(everyDays: number): { readonly refits: number; readonly figures: ProbabilityFigures } {
  const lastDay =
    Math.max(...deliveries.map(({ scheduledDay }) => scheduledDay)) - LATENESS_SETTINGS.noticeDays;
  const originDays = new Map(
    deliveries.map(({ id, scheduledDay }) => [id, scheduledDay - LATENESS_SETTINGS.noticeDays]),
  );
  const told = new Map<string, { readonly probability: number; readonly isLate: boolean }>();
  let refits = 0;
  for (let day = splitDay; day <= lastDay; day += everyDays) {
    const asked = [...originDays.values()].filter((originDay) => originDay >= day).length;
    // The last stretch has too few lines for figures of its own; the trees before tell it.
    if (asked < 200) break;
    refits += 1;
    for (const { id, lateProbability, isLate } of evaluateLateness(deliveries, day).predictions)
      told.set(id, { probability: lateProbability, isLate });
  }
  const all = [...told.values()];
  const figures = probabilityFigures(
    all.map(({ probability }) => probability),
    all.map(({ isLate }) => isLate),
  );
  return { refits, figures };
}

const byNotice = Object.fromEntries(
  [0, 30, 60].map((noticeDays) => {
    const settings = { ...LATENESS_SETTINGS, noticeDays };
    const { predictions: _, ...figures } = evaluateLateness(deliveries, splitDay, settings);
    return [`${noticeDays} days`, figures];
  }),
);
const version = {
  artifact: byArtifact(),
  refitted: REFIT_DAYS.map((everyDays) => ({ everyDays, ...byRefits(everyDays) })),
};
writeFileSync(
  'experiments/forecast-lead-time/results.json',
  `${JSON.stringify({ split: SPLIT, byNotice, version }, null, 2)}\n`,
);
process.stdout.write(`${JSON.stringify({ byNotice, version })}\n`);
