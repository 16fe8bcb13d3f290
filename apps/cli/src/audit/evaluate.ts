import {
  defaultRuleSet,
  learn,
  replay,
  RULE_IDS,
  score,
  type Replay,
  type RuleId,
  type RuleSet,
  type Scores,
  type Stopwatch,
} from '@tallyhouse/audit';
import { simulateItems, type ItemWorld } from '@tallyhouse/simulation';
import { faultsOf, identityOf, referenceOf, streamOf } from './item-world-stream.js';

/** Consignments with a planted fault. */
export const FAULT_RATE = 0.35;
const BATCH_SIZE = 1_000;
/** The history that statistical rules learn from: 40 % as long as what is judged, within these bounds. */
const HISTORY_SHARE = 0.4;
const HISTORY_EVENTS = [40_000, 200_000] as const;

export interface EvaluateOptions {
  readonly seed: number;
  readonly events: number;
  readonly faultRate: number;
  /** Events of the world that statistical rules learn from; 40 % of `events`, 40,000 to 200,000, where not given. */
  readonly history?: number;
  /** Milliseconds of a clock that only moves forward. */
  readonly clock: () => number;
  readonly onProgress?: (stage: string, events: number) => void;
}

/** How an audit did on one world. */
export interface WorldResult {
  readonly events: number;
  readonly faults: number;
  readonly seconds: number;
  readonly secondsByRule: Readonly<Record<RuleId, number>>;
  readonly scores: Scores;
}

export interface Evaluation {
  readonly ruleSet: RuleSet;
  readonly learnedFrom: number;
  readonly faulty: WorldResult;
  readonly clean: WorldResult;
}

/**
 * Plays a world with faults and the same world without, lets the rules audit both, and compares with the truth. What
 * statistical rules call usual is learned beforehand from another world, which has faults like the first.
 */
export function evaluate(options: EvaluateOptions): Evaluation {
  const { seed, events, faultRate, onProgress } = options;
  const [least, most] = HISTORY_EVENTS;
  const history = options.history ?? Math.round(Math.min(most, Math.max(least, events * HISTORY_SHARE)));
  const past = simulateItems({ seed: seed + 1, events: history, faultRate, start: '2022-01-01' });
  const ruleSet = learnFrom(past, (count) => onProgress?.('learning', count));
  const world = simulateItems({ seed, events, faultRate });
  const faulty = audit(world, ruleSet, options, 'auditing');
  const clean = audit(
    simulateItems({ seed, events, faultRate: 0 }),
    ruleSet,
    options,
    'auditing the clean world',
  );
  return { ruleSet, learnedFrom: history, faulty, clean };
}

/** The default rules with what a world teaches. */
export function learnFrom(world: ItemWorld, onBatch?: (events: number) => void): RuleSet {
  const reference = referenceOf(world);
  const rules = defaultRuleSet();
  const { engine, events, now } = replay(streamOf(world), {
    ...{ ruleSet: rules, reference, batchSize: BATCH_SIZE },
    ...(onBatch ? { onBatch } : {}),
  });
  const flagged = new Set([...engine.findings()].map(({ subject }) => subject));
  const { histories } = engine;
  return rules.withLearned(
    learn({ histories, reference, isFlagged: (uri) => flagged.has(uri), events, until: now }),
  );
}

function audit(world: ItemWorld, ruleSet: RuleSet, options: EvaluateOptions, stage: string): WorldResult {
  const spent = Object.fromEntries(RULE_IDS.map((rule) => [rule, 0])) as Record<RuleId, number>;
  const stopwatch: Stopwatch = { now: options.clock, spent: (rule, ms) => (spent[rule] += ms / 1_000) };
  const start = options.clock();
  const result: Replay = replay(streamOf(world), {
    ...{ ruleSet, reference: referenceOf(world), batchSize: BATCH_SIZE, stopwatch },
    onBatch: (count) => options.onProgress?.(stage, count),
  });
  const seconds = (options.clock() - start) / 1_000;
  const faults = faultsOf(world);
  const scores = score(result.engine.findings(), faults, result.now, identityOf);
  return { events: result.events, faults: faults.length, seconds, secondsByRule: spent, scores };
}
