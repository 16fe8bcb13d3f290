import { Injectable } from '@nestjs/common';
import { factsMoments, recordDerivations, type FactsMoment } from '@tallyhouse/database';
import { originsOfEvents } from '@tallyhouse/supply-chain';
import { inJoinedSpan } from '@tallyhouse/telemetry';
import { DataSource, type EntityManager } from 'typeorm';
import { declarationOf } from '../engine/corrections.js';
import { earliestRecheck, Judge, type Judgement } from '../engine/judge.js';
import { MemoryHistories } from '../engine/memory-histories.js';
import type { ActiveFinding } from '../engine/finding-register.js';
import { FLAGGING_RULES, type Corrected, type RuleContext } from '../engine/rule.js';
import type { RuleSet } from '../engine/rule-set.js';
import { CustodyStatementReader } from '../custody/custody-statement.reader.js';
import { AuditReferenceReader } from './audit-reference.reader.js';
import { AuditedEventReader, type QueuedEvent } from './audited-event.reader.js';
import { FindingStore } from './finding-store.service.js';
import { keepRuleSet } from './rule-setting.repository.js';

const BATCH_SIZE = 5_000;
const MOST_DUE = 5_000;
/** A change of the rules audits everything again, which is no part of what was captured long ago. */
const TRACED_HOURS = 24;

/** What a run of the audit came to. */
export interface AuditRun {
  readonly events: number;
  readonly raised: number;
}

/** What a batch is made of. */
interface Taken {
  readonly queued: readonly QueuedEvent[];
  readonly due: readonly string[];
  readonly moments: readonly FactsMoment[];
}

/** What was judged in a batch. */
interface Judged {
  readonly subjects: Set<string>;
  readonly findings: ActiveFinding[];
  readonly due: Map<string, number>;
}

/**
 * Audits what was stored: takes events from the queue, judges again every item, lot, unit and event that they touch
 * from its whole history, and settles the findings, all in one transaction a batch. It holds nothing between batches.
 */
@Injectable()
export class AuditRunService {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly events: AuditedEventReader,
    private readonly references: AuditReferenceReader,
    private readonly store: FindingStore,
    private readonly custody: CustodyStatementReader,
  ) {}

  /** Audits until the queue holds nothing that is ready. A rule set that was not the last one judges everything again. */
  public async run(ruleSet: RuleSet, now: Date): Promise<AuditRun> {
    await this.follow(ruleSet, now);
    await this.queueProven();
    await this.queueTakenBack();
    let [events, raised] = [0, 0];
    for (;;) {
      const batch = await this.dataSource.transaction((manager) => this.batch(manager, ruleSet, now));
      events += batch.events;
      raised += batch.raised;
      if (batch.events + batch.due === 0) return { events, raised };
    }
  }

  /** Puts every event back into the queue when the rules changed. */
  private async follow(ruleSet: RuleSet, now: Date): Promise<void> {
    const { version } = ruleSet;
    await this.dataSource.transaction(async (manager) => {
      await manager.query('LOCK TABLE audit_progress IN EXCLUSIVE MODE');
      await keepRuleSet(manager, ruleSet, now);
      const [row]: { rule_set: string }[] = await manager.query('SELECT rule_set FROM audit_progress');
      if (row?.rule_set === version) return;
      await manager.query(
        `INSERT INTO audit_progress (rule_set) VALUES ($1) ON CONFLICT (single) DO UPDATE SET rule_set = EXCLUDED.rule_set`,
        [version],
      );
      if (row)
        await manager.query(
          'INSERT INTO audit_queue SELECT seq, id, event_time FROM epcis_event ON CONFLICT DO NOTHING',
        );
    });
  }

  /** Events that were judged without proof and are on chain now. */
  private async queueProven(): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO audit_queue
       SELECT e.seq, e.id, e.event_time FROM finding f
       JOIN LATERAL (SELECT state FROM finding_change x WHERE x.finding_id = f.id ORDER BY x.seq DESC LIMIT 1) c ON true
       JOIN epcis_event e ON e.id = substr(f.subject, 7)::uuid
       JOIN anchor_leaf l ON l.event_id = e.id JOIN anchor_batch b ON b.id = l.batch_id
       WHERE f.rule = 'R16' AND f.violation_key = 'unanchored' AND c.state <> 'WITHDRAWN'
         AND EXISTS (SELECT FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root)
       ON CONFLICT DO NOTHING`,
    );
  }

  /** Events of batches that were judged by blocks which are gone since; noting them again clears the mark. */
  private async queueTakenBack(): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO audit_queue
       SELECT e.seq, e.id, e.event_time FROM derivation d
       JOIN anchor_leaf l ON l.batch_id = d.key::bigint JOIN epcis_event e ON e.id = l.event_id
       WHERE d.name = 'audit' AND d.stale_from IS NOT NULL ON CONFLICT DO NOTHING`,
    );
  }

  private async batch(
    manager: EntityManager,
    ruleSet: RuleSet,
    now: Date,
  ): Promise<{ events: number; raised: number; due: number }> {
    // One audit at a time: two would judge one history from two states of it.
    await manager.query('LOCK TABLE audit_progress IN EXCLUSIVE MODE');
    const moments = await factsMoments(manager);
    const overdueHours = ruleSet.parametersOf('R16')['anchorWithinHours'] ?? 24;
    const overdue = new Date(now.getTime() - overdueHours * 3_600_000);
    const queued = await this.events.queued(manager, BATCH_SIZE, overdue);
    const due = [...new Set([...(await takeDue(manager, now)), ...(await takeUnits(manager))])];
    if (queued.length + due.length === 0) return { events: 0, raised: 0, due: 0 };
    const keys = queued.map(({ fact, eventTime }) => ({ eventId: fact.id, eventTime }));
    const origins = await originsOfEvents(manager, keys, TRACED_HOURS);
    const attributes = { 'tallyhouse.events': queued.length };
    const raised = await inJoinedSpan('audit stage', origins, attributes, () =>
      this.judgeTaken(manager, { queued, due, moments }, ruleSet, now),
    );
    return { events: queued.length, raised, due: due.length };
  }

  /** @returns how many findings were raised */
  private async judgeTaken(
    manager: EntityManager,
    { queued, due, moments }: Taken,
    ruleSet: RuleSet,
    now: Date,
  ): Promise<number> {
    const judged = await this.judge(queued, due, ruleSet, now);
    const [checkpoint]: { block: string | null }[] = await manager.query(
      'SELECT max(block_number)::text AS block FROM chain_checkpoint',
    );
    const moment = { block: checkpoint?.block ?? '0', at: now };
    const raised = await this.store.settle(manager, [...judged.subjects], judged.findings, ruleSet, moment);
    await noteDue(manager, judged.due);
    await manager.query('DELETE FROM audit_queue WHERE seq = ANY($1::bigint[])', [
      queued.map(({ seq }) => seq),
    ]);
    const batches = await batchesOf(manager, queued);
    await recordDerivations(manager, 'audit', batches, moments);
    return raised;
  }

  private async judge(
    queued: readonly QueuedEvent[],
    due: readonly string[],
    ruleSet: RuleSet,
    now: Date,
  ): Promise<Judged> {
    const judge = new Judge(ruleSet);
    const judged: Judged = { subjects: new Set(), findings: [], due: new Map() };
    const touched = new Set(due);
    const identities = new Set<string>();
    for (const { fact, event } of queued) {
      for (const uri of itemsOf(fact)) touched.add(uri);
      const declaration = declarationOf(fact, event);
      if (declaration) identities.add(fact.identity);
      for (const id of declaration?.correctives ?? []) identities.add(`${fact.party} ${id}`);
    }
    const histories = await this.historiesOf(touched);
    const flags = new Map<string, readonly string[]>();
    const statements = await this.custody.of(touched);
    const context: RuleContext = {
      now: now.getTime(),
      reference: await this.references.read(),
      learned: ruleSet.learned,
      mentionsOf: (uri) => histories.of(uri),
      flagsOf: (uri) => flags.get(uri) ?? [],
      custodyOf: (uri) => statements.get(uri) ?? [],
    };
    for (const each of await this.withVoided(queued, identities))
      settle(judged, each.fact.id, `event ${each.fact.id}`, judge.event(each, context), false);
    for (const corrected of await this.correctedOf(identities))
      settle(
        judged,
        corrected.identity,
        `correction ${corrected.identity}`,
        judge.correction(corrected, context),
        false,
      );
    for (const uri of touched) {
      const judgements = judge.history({ uri, mentions: histories.of(uri) }, context);
      settle(judged, uri, uri, judgements, true);
      flagItem(flags, uri, judgements);
    }
    await this.judgeLoads(judge, touched, histories, flags, context, judged);
    return judged;
  }

  /** Histories of what was touched, of what came out of emptied units, and of the units that it is or was in. */
  private async historiesOf(touched: Set<string>): Promise<MemoryHistories> {
    const histories = new MemoryHistories();
    const known = new Set<string>();
    const load = async (uris: readonly string[]): Promise<void> => {
      for (const fact of await this.events.naming(uris)) {
        if (known.has(fact.id)) continue;
        known.add(fact.id);
        histories.add(fact);
      }
    };
    await load([...touched]);
    const units = new Set<string>();
    const released = new Set<string>();
    for (const uri of touched)
      for (const { fact, role } of histories.of(uri)) {
        if (role === 'CHILD' && fact.parent !== undefined && !touched.has(fact.parent))
          units.add(fact.parent);
        if (role === 'PARENT')
          for (const child of fact.children) if (!touched.has(child)) released.add(child);
      }
    await load([...units, ...released]);
    for (const uri of released) touched.add(uri);
    return histories;
  }

  /** Queued events, and those that a declaration among them made void. */
  private async withVoided(
    queued: readonly QueuedEvent[],
    identities: ReadonlySet<string>,
  ): Promise<readonly (QueuedEvent | Awaited<ReturnType<AuditedEventReader['byIds']>>[number])[]> {
    if (identities.size === 0) return queued;
    const own = new Set(queued.map(({ fact }) => fact.id));
    const others = (await this.events.ofIdentities([...identities])).map(({ fact }) => fact.id);
    return [...queued, ...(await this.events.byIds(others.filter((id) => !own.has(id))))];
  }

  private async correctedOf(identities: ReadonlySet<string>): Promise<Corrected[]> {
    if (identities.size === 0) return [];
    const all = await this.events.ofIdentities([...identities]);
    return [...identities].map((identity) => ({
      identity,
      originals: all
        .filter(({ fact, event }) => fact.identity === identity && !event.errorDeclaration)
        .map(({ fact }) => fact),
      declarations: all
        .flatMap(({ fact, event }) => declarationOf(fact, event) ?? [])
        .map((each) => ({ ...each, correctives: each.correctives.map((id) => `${each.fact.party} ${id}`) }))
        .filter(({ fact, correctives }) => fact.identity === identity || correctives.includes(identity))
        .sort((a, b) => a.declaredAt - b.declaredAt || a.fact.order - b.fact.order),
    }));
  }

  private async judgeLoads(
    judge: Judge,
    touched: ReadonlySet<string>,
    histories: MemoryHistories,
    flags: Map<string, readonly string[]>,
    context: RuleContext,
    judged: Judged,
  ): Promise<void> {
    const loads = new Set<string>();
    for (const uri of touched)
      for (const { fact, role } of histories.of(uri))
        if ((role === 'PARENT' || role === 'CHILD') && fact.parent !== undefined) loads.add(fact.parent);
    const members = [...loads].flatMap((uri) => histories.of(uri).flatMap(({ fact }) => fact.children));
    const others = [...new Set(members)].filter((uri) => !touched.has(uri));
    for (const [uri, evidence] of await this.store.flags(others, FLAGGING_RULES)) flags.set(uri, evidence);
    for (const uri of loads) {
      const judgements = judge.load({ uri, mentions: histories.of(uri) }, context);
      settle(judged, uri, `load ${uri}`, judgements, false);
    }
  }
}

/** Anchored batches that events are in. */
async function batchesOf(manager: EntityManager, queued: readonly QueuedEvent[]): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    'SELECT DISTINCT batch_id AS id FROM anchor_leaf WHERE event_id = ANY($1::uuid[])',
    [queued.map(({ fact }) => fact.id)],
  );
  return rows.map(({ id }) => id);
}

function itemsOf(fact: QueuedEvent['fact']): string[] {
  const { EPC, CHILD, INPUT, OUTPUT } = fact.amounts;
  const lots = [...EPC, ...CHILD, ...INPUT, ...OUTPUT].map(({ uri }) => uri);
  const parent = fact.parent === undefined ? [] : [fact.parent];
  return [...fact.epcs, ...parent, ...fact.children, ...fact.inputs, ...fact.outputs, ...lots];
}

function settle(
  judged: Judged,
  uri: string,
  subject: string,
  judgements: readonly Judgement[],
  timed: boolean,
): void {
  judged.subjects.add(subject);
  for (const { rule, verdict } of judgements)
    for (const violation of verdict.violations) judged.findings.push({ ...violation, rule, subject });
  const at = timed ? earliestRecheck(judgements) : undefined;
  if (at !== undefined) judged.due.set(uri, at);
}

function flagItem(
  flags: Map<string, readonly string[]>,
  uri: string,
  judgements: readonly Judgement[],
): void {
  const evidence = judgements
    .filter(({ rule }) => FLAGGING_RULES.includes(rule))
    .flatMap(({ verdict }) => verdict.violations.flatMap((violation) => violation.evidence));
  if (evidence.length > 0) flags.set(uri, evidence);
}

async function takeDue(manager: EntityManager, now: Date): Promise<string[]> {
  const result: unknown = await manager.query(
    `DELETE FROM audit_due WHERE subject IN (
       SELECT subject FROM audit_due WHERE due_at <= $1 ORDER BY due_at LIMIT ${MOST_DUE}) RETURNING subject`,
    [now],
  );
  const rows = (Array.isArray(result) && Array.isArray(result[0]) ? result[0] : result) as {
    subject: string;
  }[];
  return rows.map(({ subject }) => subject);
}

/** Units whose custody changed on chain and that an event has named. */
async function takeUnits(manager: EntityManager): Promise<string[]> {
  const result: unknown = await manager.query(
    `WITH taken AS (
       DELETE FROM audit_unit_queue WHERE seq IN (SELECT seq FROM audit_unit_queue ORDER BY seq LIMIT ${MOST_DUE})
       RETURNING unit)
     SELECT DISTINCT u.uri FROM taken JOIN logistic_unit u USING (unit)`,
  );
  return (result as { uri: string }[]).map(({ uri }) => uri);
}

async function noteDue(manager: EntityManager, due: ReadonlyMap<string, number>): Promise<void> {
  if (due.size === 0) return;
  await manager.query(
    `INSERT INTO audit_due (subject, due_at)
     SELECT subject, to_timestamp(at / 1000.0) FROM unnest($1::text[], $2::float8[]) AS input (subject, at)
     ON CONFLICT (subject) DO UPDATE SET due_at = EXCLUDED.due_at`,
    [[...due.keys()], [...due.values()]],
  );
}
