import { emptiesUnit } from '../engine/containment.js';
import { Corrections, declarationOf } from '../engine/corrections.js';
import { factOf, type Arrival, type Fact } from '../engine/fact.js';
import { FindingRegister, type ActiveFinding } from '../engine/finding-register.js';
import { Judge } from '../engine/judge.js';
import { MemoryHistories } from '../engine/memory-histories.js';
import type { Reference } from '../engine/reference.js';
import { FLAGGING_RULES, type EventProof, type Mention, type RuleContext } from '../engine/rule.js';
import type { RuleSet } from '../engine/rule-set.js';
import { namedIn } from '../engine/subjects.js';
import { partitionOf } from './partition.js';
import { byTime, type ReplayedEvent, type UnitStatement } from './replay.js';
import { Spool } from './spool.js';

export interface FullAuditOptions {
  readonly ruleSet: RuleSet;
  readonly reference: Reference;
  /** An empty folder of the caller's; about twice the JSON of the events passes through it. */
  readonly folder: string;
  /** Memory is that of the largest; 1 to 256. */
  readonly partitions: number;
  /** Called after each partition was judged. */
  readonly onPartition?: (partition: number) => void;
}

/** What a full re-run came to. */
export interface FullAuditOutcome {
  readonly findings: readonly ActiveFinding[];
  readonly events: number;
  /** Unix milliseconds of the last record: the time by which everything was judged. */
  readonly now: number;
}

interface SpooledEvent {
  readonly arrival: Arrival;
  readonly proof?: EventProof;
  readonly provenAt?: number;
  /** Whether the event itself is judged with this copy. */
  readonly isFirst: boolean;
}

/**
 * Judges all events at once, by the last time, in the memory of one partition: events are spooled to files by the items
 * that they name, and the items of one partition are judged after those of another. The findings are those of
 * {@link replay} over the same stream.
 *
 * @throws RangeError for a number of partitions outside 1 to 256
 */
export function auditInFull(stream: Iterable<ReplayedEvent>, options: FullAuditOptions): FullAuditOutcome {
  const { partitions } = options;
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > 256)
    throw new RangeError(`partitions: expected an integer from 1 to 256, found ${partitions}`);
  const audit = new FullAudit(options);
  try {
    for (const each of stream) audit.spool(each);
    for (let partition = 0; partition < partitions; partition += 1) {
      audit.judgePartition(partition);
      options.onPartition?.(partition);
    }
    audit.judgeCorrections();
    for (let partition = 0; partition < partitions; partition += 1) audit.judgeLoads(partition);
    return audit.outcome();
  } finally {
    audit.close();
  }
}

class FullAudit {
  private readonly register = new FindingRegister();
  private readonly corrections = new Corrections();
  private readonly corrected = new Set<string>();
  private readonly judge: Judge;
  private readonly eventSpool: Spool;
  private readonly custodySpool: Spool;
  private readonly loadSpool: Spool;
  /** Unpackings of everything in a unit: what was in it may lie in any partition. */
  private readonly emptyings: Fact[] = [];
  private events = 0;
  private now = 0;

  public constructor(private readonly options: FullAuditOptions) {
    this.judge = new Judge(options.ruleSet);
    const spool = (name: string): Spool => new Spool(options.folder, name, options.partitions);
    [this.eventSpool, this.custodySpool, this.loadSpool] = [
      spool('events'),
      spool('custody'),
      spool('loads'),
    ];
  }

  public spool({ proof, provenAt, custody, ...arrival }: ReplayedEvent): void {
    this.events += 1;
    this.now = Math.max(this.now, arrival.recorded);
    const fact = factOf(arrival);
    const declaration = declarationOf(fact, arrival.event);
    if (declaration) for (const each of this.corrections.declare(declaration)) this.corrected.add(each);
    else if (emptiesUnit(fact)) this.emptyings.push(fact);
    const uris = namedIn(fact).map(({ uri }) => uri);
    const targets = new Set(uris.map((uri) => this.partitionOf(uri)));
    const first = uris[0] === undefined ? this.partitionOf(fact.id) : this.partitionOf(uris[0]);
    for (const target of targets.add(first))
      this.eventSpool.write(target, JSON.stringify({ arrival, proof, provenAt, isFirst: target === first }));
    if (fact.parent !== undefined && fact.children.length > 0 && !declaration)
      this.loadSpool.write(this.partitionOf(fact.parent), JSON.stringify(fact));
    for (const each of custody ?? [])
      this.custodySpool.write(this.partitionOf(each.unit), JSON.stringify(each));
  }

  public judgePartition(partition: number): void {
    const owns = (uri: string): boolean => this.partitionOf(uri) === partition;
    const histories = new MemoryHistories();
    const custody = this.custodyIn(partition);
    const emptied = this.emptiedBesides(owns);
    const context = this.context(
      (uri) => (owns(uri) ? histories.of(uri) : (emptied.get(uri) ?? [])),
      (uri) => (custody.get(uri) ?? []).map(({ statement }) => statement),
    );
    for (const line of this.eventSpool.lines(partition)) {
      const spooled = JSON.parse(line) as SpooledEvent;
      const fact = factOf(spooled.arrival);
      const isVoid = this.corrections.isVoid(fact.identity);
      const isDeclaration = spooled.arrival.event.errorDeclaration !== undefined;
      if (!isDeclaration && !isVoid) histories.add(fact, owns);
      if (spooled.isFirst) this.judgeEvent(spooled, fact, isDeclaration || isVoid, context);
      if (spooled.isFirst && !isDeclaration && this.corrected.has(fact.identity))
        this.corrections.addOriginal(fact.identity, fact);
    }
    for (const [uri, mentions] of histories.entries())
      this.register.settle(uri, this.judge.history({ uri, mentions }, context));
  }

  public judgeCorrections(): void {
    const context = this.context(() => []);
    for (const identity of this.corrected)
      this.register.settle(
        `correction ${identity}`,
        this.judge.correction(this.corrections.of(identity), context),
      );
  }

  public judgeLoads(partition: number): void {
    const histories = new MemoryHistories();
    for (const line of this.loadSpool.lines(partition)) {
      const fact = JSON.parse(line) as Fact;
      if (!this.corrections.isVoid(fact.identity)) histories.add(fact, (uri) => uri === fact.parent);
    }
    const context = this.context((uri) => histories.of(uri));
    for (const [uri, mentions] of histories.entries())
      this.register.settle(`load ${uri}`, this.judge.load({ uri, mentions }, context));
  }

  public outcome(): FullAuditOutcome {
    return { findings: [...this.register.all()], events: this.events, now: this.now };
  }

  public close(): void {
    for (const spool of [this.eventSpool, this.custodySpool, this.loadSpool]) spool.close();
  }

  private judgeEvent(
    { arrival, proof, provenAt }: SpooledEvent,
    fact: Fact,
    onlyProof: boolean,
    context: RuleContext,
  ): void {
    const known = provenAt !== undefined && provenAt <= this.now ? proof : undefined;
    const witnessed = { fact, event: arrival.event, proof: known, onlyProof };
    this.register.settle(fact.id, this.judge.event(witnessed, context));
  }

  private custodyIn(partition: number): Map<string, UnitStatement[]> {
    const statements = [...this.custodySpool.lines(partition)]
      .map((line) => JSON.parse(line) as UnitStatement)
      .filter(({ statement }) => statement.at <= this.now);
    return Map.groupBy(statements.sort(byTime), ({ unit }) => unit);
  }

  private emptiedBesides(owns: (uri: string) => boolean): Map<string, Mention[]> {
    const emptied = new Map<string, Mention[]>();
    for (const fact of this.emptyings) {
      if (fact.parent === undefined || owns(fact.parent) || this.corrections.isVoid(fact.identity)) continue;
      const mention = { fact, role: 'PARENT' as const, quantity: undefined, uom: undefined };
      emptied.set(fact.parent, [...(emptied.get(fact.parent) ?? []), mention]);
    }
    return emptied;
  }

  private context(
    mentionsOf: RuleContext['mentionsOf'],
    custodyOf: RuleContext['custodyOf'] = () => [],
  ): RuleContext {
    const { reference, ruleSet } = this.options;
    const flagsOf = (uri: string): readonly string[] =>
      this.register
        .of(uri)
        .filter(({ rule }) => FLAGGING_RULES.includes(rule))
        .flatMap(({ evidence }) => evidence);
    return { now: this.now, reference, learned: ruleSet.learned, mentionsOf, flagsOf, custodyOf };
  }

  private partitionOf(uri: string): number {
    return partitionOf(uri, this.options.partitions);
  }
}
