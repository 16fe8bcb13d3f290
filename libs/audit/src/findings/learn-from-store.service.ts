import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { learn } from '../engine/learn.js';
import type { Learned } from '../engine/learned.js';
import { MemoryHistories } from '../engine/memory-histories.js';
import { FLAGGING_RULES } from '../engine/rule.js';
import { AuditReferenceReader } from './audit-reference.reader.js';
import { AuditedEventReader } from './audited-event.reader.js';
import { FindingStore } from './finding-store.service.js';

const PAGE = 5_000;

/** Learns from what is stored and was audited what is usual; the result goes into a rule set that can be voted. */
@Injectable()
export class LearnFromStore {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly events: AuditedEventReader,
    private readonly references: AuditReferenceReader,
    private readonly findings: FindingStore,
  ) {}

  /** @param most events that are read, the newest; undefined when nothing is stored */
  public async learn(most: number): Promise<Learned | undefined> {
    const ids: { id: string }[] = await this.dataSource.query(
      'SELECT id FROM epcis_event ORDER BY seq DESC LIMIT $1',
      [most],
    );
    if (ids.length === 0) return undefined;
    const histories = new MemoryHistories();
    let until = 0;
    for (let from = 0; from < ids.length; from += PAGE) {
      for (const { fact, onlyProof } of await this.events.byIds(
        ids.slice(from, from + PAGE).map(({ id }) => id),
      )) {
        if (onlyProof) continue;
        histories.add(fact);
        until = Math.max(until, fact.time);
      }
    }
    const items = [...histories.entries()].map(([uri]) => uri);
    const flagged = await this.findings.flags(items, FLAGGING_RULES);
    return learn({
      ...{ histories, reference: await this.references.read(), events: ids.length, until },
      isFlagged: (uri) => flagged.has(uri),
    });
  }
}
