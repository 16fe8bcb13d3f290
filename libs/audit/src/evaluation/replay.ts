import { AuditEngine, type AuditedArrival } from '../engine/audit-engine.js';
import type { CustodyStatement } from '../engine/custody.js';
import type { Stopwatch } from '../engine/judge.js';
import type { Reference } from '../engine/reference.js';
import type { EventProof } from '../engine/rule.js';
import type { RuleSet } from '../engine/rule-set.js';

/** An event of a stream in the order of record, with the proof that it gets sooner or later. */
export interface ReplayedEvent extends AuditedArrival {
  readonly provenAt?: number;
  /** What the Custody contract says of units when and after this happens, each at its own time. */
  readonly custody?: readonly UnitStatement[];
}

/** A statement of the Custody contract, and the unit that it is about, by canonical identifier. */
export interface UnitStatement {
  readonly unit: string;
  readonly statement: CustodyStatement;
}

export interface ReplayOptions {
  readonly ruleSet: RuleSet;
  readonly reference: Reference;
  /** Events that are judged together. */
  readonly batchSize: number;
  readonly stopwatch?: Stopwatch;
  /** Called after each batch with the number of events so far. */
  readonly onBatch?: (events: number) => void;
}

/** What a replay came to. */
export interface Replay {
  readonly engine: AuditEngine;
  readonly events: number;
  /** Unix milliseconds of the last record: the time by which the findings are judged. */
  readonly now: number;
}

/** Lets an engine audit a stream as it would have audited it at the time: batch after batch, proofs when they come. */
export function replay(stream: Iterable<ReplayedEvent>, options: ReplayOptions): Replay {
  const engine = new AuditEngine(options.ruleSet, options.reference, options.stopwatch);
  const pending: { id: string; provenAt: number; proof: EventProof }[] = [];
  let unsaid: UnitStatement[] = [];
  let batch: AuditedArrival[] = [];
  let events = 0;
  let now = 0;
  const flush = (): void => {
    engine.observe(batch, now);
    batch = [];
    const late = pending.filter(({ provenAt }) => provenAt > now);
    for (const { id, proof, provenAt } of pending) if (provenAt <= now) engine.anchored(id, proof, now);
    pending.length = 0;
    pending.push(...late);
    const said = unsaid.filter(({ statement }) => statement.at <= now);
    unsaid = unsaid.filter(({ statement }) => statement.at > now);
    for (const { unit, statement } of said.sort(byTime)) engine.stated(unit, statement, now);
    options.onBatch?.(events);
  };
  for (const { provenAt, proof, custody, ...arrival } of stream) {
    if (custody) unsaid.push(...custody);
    now = Math.max(now, arrival.recorded);
    batch.push(arrival);
    if (proof && provenAt !== undefined) pending.push({ id: arrival.id, provenAt, proof });
    events += 1;
    if (batch.length >= options.batchSize) flush();
  }
  flush();
  return { engine, events, now };
}

/** Order of statements: as the chain said them. */
export function byTime(a: UnitStatement, b: UnitStatement): number {
  return a.statement.at - b.statement.at;
}
