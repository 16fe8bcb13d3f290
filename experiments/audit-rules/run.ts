import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { auditInFull, replay, type ActiveFinding, type ReplayedEvent } from '@tallyhouse/audit';
import { simulateItems } from '@tallyhouse/simulation';
import { evaluate, learnFrom } from '../../apps/cli/src/audit/evaluate.js';
import { evaluationJson } from '../../apps/cli/src/audit/evaluation-words.js';
import { referenceOf, streamOf } from '../../apps/cli/src/audit/item-world-stream.js';

/** Seeds, none of which was used while the rules and the world were written. */
const SEEDS = [900_021, 900_022, 900_023];
const EVENTS = 50_000;
const LARGE = 1_000_000;
const FAULT_RATE = 0.35;
const clock = (): number => performance.now();
const megabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);

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
  const found = [...engine.findings()];
  const withGenerator = !Array.isArray(stream);
  return {
    ...{
      events,
      batchSize,
      seconds,
      eventsPerSecond: Math.round(events / seconds),
      findings: found.length,
      digest: digestOf(found),
    },
    ...{ withGenerator, peakMegabytes: peak, itemsAndLots: engine.histories.size },
  };
}

/** Everything judged again, one partition after the other; the generator runs inside. */
function auditedInFull(events: number, partitions: number): object {
  const ruleSet = learnFrom(simulateItems({ seed: 2, events: 40_000, faultRate: FAULT_RATE }));
  const world = simulateItems({ seed: 1, events, faultRate: FAULT_RATE });
  const folder = mkdtempSync(join(tmpdir(), 'audit-full-'));
  const start = clock();
  try {
    const { findings } = auditInFull(streamOf(world), {
      ruleSet,
      reference: referenceOf(world),
      folder,
      partitions,
    });
    const seconds = (clock() - start) / 1_000;
    const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1_000);
    return {
      ...{ events, partitions, seconds, eventsPerSecond: Math.round(events / seconds) },
      ...{ findings: findings.length, digest: digestOf(findings), peakMegabytes },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two runs with the same digest found the same, word by word. */
function digestOf(findings: readonly ActiveFinding[]): string {
  const said = findings.map(({ rule, subject, key, evidence, explanation }) =>
    [rule, subject, key, evidence, explanation].join(),
  );
  return createHash('sha256').update(said.sort().join('\n')).digest('hex');
}

const PARTS: Readonly<Record<string, () => unknown>> = {
  evaluations: () =>
    SEEDS.map((seed) =>
      evaluationJson(
        { seed, faultRate: FAULT_RATE },
        evaluate({ seed, events: EVENTS, faultRate: FAULT_RATE, clock }),
      ),
    ),
  generator: () => generated(LARGE),
  incremental: () => [audited(50_000, 100), audited(50_000, 1_000)],
  fullRun: () => auditedInFull(LARGE, 32),
  fullRunSame: () => [audited(100_000, 10_000), auditedInFull(100_000, 8)],
  inBatches: () => audited(LARGE, 10_000),
};

/** Each part may be measured by itself; the others stay as they were. */
const file = resolve('experiments/audit-rules/results.json');
const results = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, unknown>;
results['machine'] = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
const chosen = process.argv.slice(2);
for (const part of chosen.length > 0 ? chosen : Object.keys(PARTS)) {
  const measure = PARTS[part];
  if (!measure) throw new Error(`${part}: no such part; one of ${Object.keys(PARTS).join(', ')}`);
  results[part] = measure();
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(part, JSON.stringify(results[part]));
}
