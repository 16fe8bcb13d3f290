import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonicalJson } from '@tallyhouse/epcis';
import { events, groundTruth, simulate } from '@tallyhouse/simulation';

const RUNS = 5;
const options = { seed: 1, start: '2023-01-01', months: 24 };

function generate(): { count: number; eventsPerSecond: number } {
  const started = performance.now();
  let count = 0;
  for (const _ of events(simulate(options))) count += 1;
  return { count, eventsPerSecond: Math.round((1_000 * count) / (performance.now() - started)) };
}

function serialise(): { sha256: string; bytes: number; eventsPerSecond: number } {
  const started = performance.now();
  const hash = createHash('sha256');
  let [count, bytes] = [0, 0];
  for (const { partner, event } of events(simulate(options))) {
    const line = Buffer.from(`${partner} ${canonicalJson(event)}\n`);
    hash.update(line);
    count += 1;
    bytes += line.length;
  }
  const eventsPerSecond = Math.round((1_000 * count) / (performance.now() - started));
  return { sha256: hash.digest('hex'), bytes, eventsPerSecond };
}

const rates = Array.from({ length: RUNS }, generate);
const { promotions, outages, stockOuts, excursions } = groundTruth(simulate(options));
const result = {
  options,
  node: process.version,
  cpu: cpus()[0]?.model,
  events: rates[0]?.count,
  generatedPerSecond: rates.map(({ eventsPerSecond }) => eventsPerSecond),
  canonicalised: serialise(),
  truth: {
    promotions: promotions.length,
    outages: outages.length,
    stockOuts: stockOuts.length,
    excursions: excursions.length,
  },
};
writeFileSync(resolve('experiments/simulation/results.json'), `${JSON.stringify(result, null, 2)}\n`);
console.log(result);
