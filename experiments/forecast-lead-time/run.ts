import { createReadStream, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deliveryOf, evaluateLateness, type Delivery } from '@tallyhouse/forecasting';
import { readScms } from '@tallyhouse/supply-chain';

const DAY_MS = 86_400_000;
const SPLIT = '2014-01-01';
const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve('..', 'shared', 'data');

const deliveries: Delivery[] = [];
for await (const line of readScms(
  createReadStream(resolve(shared, 'scms-shipments', 'scms_delivery_history.csv.gz')),
)) {
  if (line.ok) deliveries.push(deliveryOf(line.row));
}
const byNotice = Object.fromEntries(
  [0, 30, 60].map((notice) => {
    const { predictions: _, ...figures } = evaluateLateness(deliveries, Date.parse(SPLIT) / DAY_MS, notice);
    return [`${notice} days`, figures];
  }),
);
writeFileSync(
  'experiments/forecast-lead-time/results.json',
  `${JSON.stringify({ split: SPLIT, byNotice }, null, 2)}\n`,
);
process.stdout.write(`${JSON.stringify(byNotice)}\n`);
