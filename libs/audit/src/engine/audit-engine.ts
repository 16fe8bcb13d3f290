import { emptiesUnit } from './containment.js';
import { Corrections, declarationOf } from './corrections.js';
import type { CustodyStatement } from './custody.js';
import { factOf, type Arrival, type Fact } from './fact.js';
import { FindingRegister, type ActiveFinding, type FindingChange } from './finding-register.js';
import { earliestRecheck, Judge, PROOF_RULES, type Stopwatch } from './judge.js';
import { MemoryHistories } from './memory-histories.js';
import { RecheckCalendar } from './recheck.js';
import type { Reference } from './reference.js';
import {
  FLAGGING_RULES,
  type Declaration,
  type EventProof,
  type RuleContext,
  type Witnessed,
} from './rule.js';
import type { RuleSet } from './rule-set.js';

/** An arrival, and its proof where it is on chain already. */
export interface AuditedArrival extends Arrival {
  readonly proof?: EventProof;
}

/**
 * Judges events as they come. After any sequence of batches its findings are those of one judgement of all events at
 * the last time: a rule is a function of a subject's history and of the time, and each batch judges again exactly the
 * subjects that it touches or that have become due.
 *
 * @example engine.observe(arrivals, now).filter(({ change }) => change === 'RAISED')
 */
export class AuditEngine {
  public readonly histories = new MemoryHistories();
  private readonly register = new FindingRegister();
  private readonly corrections = new Corrections();
  private readonly calendar = new RecheckCalendar();
  /** When events without proof are overdue. */
  private readonly unproven = new RecheckCalendar();
  private readonly waiting = new Map<string, Witnessed>();
  private readonly custody = new Map<string, CustodyStatement[]>();
  private readonly judge: Judge;

  public constructor(
    private readonly ruleSet: RuleSet,
    private readonly reference: Reference,
    stopwatch?: Stopwatch,
  ) {
    this.judge = new Judge(ruleSet, stopwatch);
  }

  /** Takes events in, in any order, and judges what they touch and what has become due. @param now Unix milliseconds */
  public observe(arrivals: readonly AuditedArrival[], now: number): FindingChange[] {
    const context = this.context(now);
    const changes: FindingChange[] = [];
    const touched = new Set<string>();
    const corrected = new Set<string>();
    for (const arrival of arrivals) {
      const { event, proof } = arrival;
      const fact = factOf(arrival);
      const declaration = declarationOf(fact, event);
      if (declaration) this.declare(declaration, corrected);
      else this.file(fact, touched, corrected);
      const onlyProof = declaration !== undefined || this.corrections.isVoid(fact.identity);
      this.judgeEvent({ fact, event, proof, onlyProof }, context, changes);
    }
    this.enforce(corrected, touched, changes);
    for (const identity of corrected) this.judgeCorrection(identity, context, changes);
    for (const id of this.unproven.take(now)) {
      const witnessed = this.waiting.get(id);
      if (witnessed) this.judgeEvent(witnessed, context, changes);
    }
    for (const uri of this.calendar.take(now)) touched.add(uri);
    this.judgeHistories(touched, context, changes);
    return changes;
  }

  /** Tells that an event is on chain now. */
  public anchored(eventId: string, proof: EventProof, now: number): FindingChange[] {
    const witnessed = this.waiting.get(eventId);
    if (!witnessed) return [];
    const changes: FindingChange[] = [];
    this.judgeEvent({ ...witnessed, proof }, this.context(now), changes);
    return changes;
  }

  /** Tells what the Custody contract said of a unit; statements of one unit come in the order of the chain. */
  public stated(unit: string, statement: CustodyStatement, now: number): FindingChange[] {
    const known = this.custody.get(unit) ?? [];
    this.custody.set(unit, known);
    known.push(statement);
    const changes: FindingChange[] = [];
    this.judgeHistories(new Set([unit]), this.context(now), changes);
    return changes;
  }

  /** The findings that hold. */
  public findings(): Generator<ActiveFinding> {
    return this.register.all();
  }

  private context(now: number): RuleContext {
    return {
      now,
      reference: this.reference,
      learned: this.ruleSet.learned,
      mentionsOf: (uri) => this.histories.of(uri),
      flagsOf: (uri) => this.flagsOf(uri),
      custodyOf: (uri) => this.custody.get(uri) ?? [],
    };
  }

  private flagsOf(uri: string): string[] {
    return this.register
      .of(uri)
      .filter(({ rule }) => FLAGGING_RULES.includes(rule))
      .flatMap(({ evidence }) => evidence);
  }

  private file(fact: Fact, touched: Set<string>, corrected: Set<string>): void {
    const { identity } = fact;
    if (this.corrections.concerns(identity)) {
      this.corrections.addOriginal(identity, fact);
      corrected.add(identity);
      if (this.corrections.isVoid(identity)) return;
    }
    this.touch(fact, this.histories.add(fact), touched);
  }

  private declare(declaration: Declaration, corrected: Set<string>): void {
    for (const identity of this.corrections.declare(declaration)) {
      corrected.add(identity);
      // A declaration repeats its event, so the event stands in the histories of what both name.
      for (const fact of this.histories.alike(declaration.fact, identity))
        this.corrections.addOriginal(identity, fact);
    }
  }

  /** Takes what is void out of histories and findings. */
  private enforce(corrected: ReadonlySet<string>, touched: Set<string>, changes: FindingChange[]): void {
    for (const identity of corrected) {
      if (!this.corrections.isVoid(identity)) continue;
      for (const original of this.corrections.of(identity).originals) {
        this.touch(original, this.histories.remove(original), touched);
        changes.push(...this.register.keepOnly(original.id, PROOF_RULES));
        const waiting = this.waiting.get(original.id);
        if (waiting) this.waiting.set(original.id, { ...waiting, onlyProof: true });
      }
    }
  }

  /** Marks what an event names, and what was in a unit that it empties. */
  private touch(fact: Fact, named: readonly string[], touched: Set<string>): void {
    for (const uri of named) touched.add(uri);
    if (!emptiesUnit(fact) || fact.parent === undefined) return;
    for (const mention of this.histories.of(fact.parent))
      for (const child of mention.fact.children) touched.add(child);
  }

  private judgeEvent(witnessed: Witnessed, context: RuleContext, changes: FindingChange[]): void {
    const { id } = witnessed.fact;
    const judgements = this.judge.event(witnessed, context);
    changes.push(...this.register.settle(id, judgements));
    const recheckAt = earliestRecheck(judgements);
    if (recheckAt !== undefined) this.unproven.add(id, recheckAt);
    if (witnessed.proof) this.waiting.delete(id);
    else this.waiting.set(id, witnessed);
  }

  private judgeCorrection(identity: string, context: RuleContext, changes: FindingChange[]): void {
    const judgements = this.judge.correction(this.corrections.of(identity), context);
    changes.push(...this.register.settle(`correction ${identity}`, judgements));
  }

  private judgeHistories(touched: ReadonlySet<string>, context: RuleContext, changes: FindingChange[]): void {
    const loads = new Set<string>();
    for (const uri of touched) {
      const mentions = this.histories.of(uri);
      const judgements = this.judge.history({ uri, mentions }, context);
      const settled = this.register.settle(uri, judgements);
      changes.push(...settled);
      const recheckAt = earliestRecheck(judgements);
      if (recheckAt !== undefined) this.calendar.add(uri, recheckAt);
      for (const { fact, role } of mentions)
        if (role === 'PARENT' || (settled.length > 0 && role === 'CHILD')) loads.add(fact.parent ?? uri);
    }
    for (const uri of loads) {
      const judgements = this.judge.load({ uri, mentions: this.histories.of(uri) }, context);
      changes.push(...this.register.settle(`load ${uri}`, judgements));
    }
  }
}
