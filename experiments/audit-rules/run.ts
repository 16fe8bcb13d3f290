import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { replay, type ReplayedEvent } from '@tallyhouse/audit';
import { simulateItems } from '@tallyhouse/simulation';
import { evaluate, learnFrom } from '../../apps/cli/src/audit/evaluate.js';
import { evaluationJson } from '../../apps/cli/src/audit/evaluation-words.js';
import { referenceOf, streamOf } from '../../apps/cli/src/audit/item-world-stream.js';

/** Seeds, none of which was used while the rules and the world were written. */
const SEEDS = [900_001, 900_002, 900_003, 900_004, 900_005];
const EVENTS = Number(process.argv[2] ?? 50_000);
const LARGE = Number(process.argv[3] ?? 1_000_000);
const FAULT_RATE = 0.35;
const clock = (): number => performance.now();
const megabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);

const evaluations = SEEDS.map((seed) =>
  evaluationJson(
    { seed, faultRate: FAULT_RATE },
    evaluate({ seed, events: EVENTS, faultRate: FAULT_RATE, clock }),
  ),
);

/** The generator alone, without keeping an event. */
function generated(events: number): object {
  const start = clock();
  let [count, peak] = [0, 0];
  for (const _ of simulateItems({ seed: 1, events, faultRate: FAULT_RATE }).events())
    if ((count += 1) % 20_000 === 0) peak = Math.max(peak, megabytes());
  const seconds = (clock() - start) / 1_000;
  return { events: count, seconds, eventsPerSecond: Math.round(count / seconds), peakMegabytes: peak };
}

/** Events that were made beforehand, audited in batches as they would come, or all in one batch. */
function audited(events: number, batchSize: number): object {
  const ruleSet = learnFrom(simulateItems({ seed: 2, events: 40_000, faultRate: FAULT_RATE }));
  const world = simulateItems({ seed: 1, events, faultRate: FAULT_RATE });
  const stream: Iterable<ReplayedEvent> = events <= 100_000 ? [...streamOf(world)] : streamOf(world);
  let peak = 0;
  const start = clock();
  const { engine } = replay(stream, {
    ...{ ruleSet, reference: referenceOf(world), batchSize },
    onBatch: () => (peak = Math.max(peak, megabytes())),
  });
  const seconds = (clock() - start) / 1_000;
  const findings = [...engine.findings()].length;
  const withGenerator = !Array.isArray(stream);
  return {
    ...{ events, batchSize, seconds, eventsPerSecond: Math.round(events / seconds), findings },
    ...{ withGenerator, peakMegabytes: peak, itemsAndLots: engine.histories.size },
  };
}

const result = {
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
  generator: generated(LARGE),
  incremental: [audited(50_000, 100), audited(50_000, 1_000)],
  fullRun: audited(LARGE, 10_000),
  evaluations,
};
writeFileSync(resolve('experiments/audit-rules/results.json'), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify({ ...result, evaluations: undefined }, null, 1));
