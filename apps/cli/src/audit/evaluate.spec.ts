import { describe, expect, it, jest } from '@jest/globals';
import {
  AuditEngine,
  auditInFull,
  replay,
  RULES,
  type ActiveFinding,
  type AuditedArrival,
  type ReplayedEvent,
} from '@tallyhouse/audit';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrng, simulateItems } from '@tallyhouse/simulation';
import { evaluate, learnFrom } from './evaluate.js';
import { evaluationJson } from './evaluation-words.js';
import { referenceOf, streamOf } from './item-world-stream.js';

jest.setTimeout(120_000);

const said = (findings: Iterable<ActiveFinding>): string[] =>
  [...findings]
    .map(({ rule, subject, key, evidence, explanation }) =>
      [rule, subject, key, evidence, explanation].join(),
    )
    .sort();

describe('audit of a simulated world', () => {
  const ruleSet = learnFrom(simulateItems({ seed: 3, events: 2_500, faultRate: 0.5 }));
  const world = simulateItems({ seed: 4, events: 2_500, faultRate: 0.8 });
  const stream: readonly ReplayedEvent[] = [...streamOf(world)];
  const now = stream.at(-1)!.recorded;
  const reference = referenceOf(world);

  function inBatches(events: readonly AuditedArrival[], seed: number): string[] {
    const prng = createPrng(seed, 'batches');
    const engine = new AuditEngine(ruleSet, reference);
    let clock = 0;
    for (let from = 0; from < events.length;) {
      const batch = events.slice(from, (from += prng.integer(1, 900)));
      clock = Math.max(clock, ...batch.map(({ recorded }) => recorded));
      engine.observe(batch, clock);
    }
    engine.observe([], now);
    return said(engine.findings());
  }

  it('comes to the same findings in batches, in any order of arrival, and all at once', () => {
    const engine = new AuditEngine(ruleSet, reference);
    engine.observe(stream, now);
    const once = said(engine.findings());
    expect(once.length).toBeGreaterThan(20);
    expect(inBatches(stream, 1)).toEqual(once);
    const prng = createPrng(2, 'shuffle');
    const shuffled = stream.map((event) => ({ event, key: prng.uint32() })).sort((a, b) => a.key - b.key);
    expect(
      inBatches(
        shuffled.map(({ event }) => event),
        3,
      ),
    ).toEqual(once);
  });

  it('comes to the same in the memory of one partition after the other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'audit-'));
    try {
      const batchwise = replay(streamOf(world), { ruleSet, reference, batchSize: 200 });
      const full = auditInFull(streamOf(world), { ruleSet, reference, folder, partitions: 5 });
      expect(said(full.findings)).toEqual(said(batchwise.engine.findings()));
      expect(full).toMatchObject({ events: batchwise.events, now: batchwise.now });
      expect(full.findings.some(({ key }) => key.startsWith('custody'))).toBe(true);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('finds what was planted and raises no hard false alarm, and says both in one object', () => {
    let ticks = 0;
    const result = evaluate({
      seed: 77,
      events: 4_000,
      history: 2_000,
      faultRate: 0.8,
      clock: () => (ticks += 1),
    });
    const { rules, clean } = evaluationJson({ seed: 77, faultRate: 0.6 }, result) as {
      rules: { rule: keyof typeof RULES; faults: number; found: number; falseAlarms: number }[];
      clean: { falseAlarmsHard: number };
    };
    const hard = rules.filter(({ rule }) => RULES[rule].hard);
    expect(hard.reduce((sum, { faults }) => sum + faults, 0)).toBeGreaterThan(10);
    expect(hard.filter(({ faults, found: hits }) => hits < faults)).toEqual([]);
    expect(hard.filter(({ falseAlarms }) => falseAlarms > 0)).toEqual([]);
    expect(clean.falseAlarmsHard).toBe(0);
  });
});
