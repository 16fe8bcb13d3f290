import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import { AuditError } from '../audit.errors.js';
import { Bindings, knownAsOf, NOW, type AsOf, type Known, type Queryable } from '../trace/as-of.js';
import { eventCountsAsOf } from '../trace/event-counts.js';

import { positionsOf, type ItemPosition } from '../trace/position.reader.js';
import { readingSnapshot } from '../trace/snapshot.repository.js';
import { MAX_DEPTH, walk } from '../trace/trace.reader.js';
import type { Certainty } from '../trace/walk.js';
import {
  affectedRoot,
  canonicalCriteria,
  criteriaHash,
  type CanonicalCriteria,
  type RecallCriteria,
} from './criteria.js';

/** An item that a recall is about. */
export interface AffectedItem extends ItemPosition {
  /** `POSSIBLE`: it holds a portion of a lot of which other portions are affected for sure. */
  readonly certainty: Certainty;
  /** Edges from what the criteria name. */
  readonly depth: number;
}

/** What a recall would be about. */
export interface RecallPreview {
  readonly criteria: CanonicalCriteria;
  readonly criteriaHash: Hex;
  /** Null when nothing is affected. */
  readonly affectedRoot: Hex | null;
  /** Items and lots in the order of their identifiers; containers around them are named with each. */
  readonly items: readonly AffectedItem[];
  /** Whether there is more than was followed; such a recall cannot be opened. */
  readonly truncated: boolean;
}

export const MAX_AFFECTED = 20_000;
const MAX_STARTS = 5_000;

/** Works out what a recall is about. */
@Injectable()
export class RecallPreviewReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Everything affected and where it is, at one moment of the database.
   *
   * @throws AuditError `RECALL_INVALID` for criteria that seek nothing or too much at once
   */
  public async preview(given: RecallCriteria, asOf: AsOf = NOW): Promise<RecallPreview> {
    const criteria = canonicalCriteria(given);
    return readingSnapshot(this.dataSource, async (manager) => {
      const known = await knownAsOf(manager, asOf);
      const starts = await startsOf(manager, criteria, known);
      return {
        criteria,
        criteriaHash: criteriaHash(criteria),
        ...(await affectedBy(manager, starts, known)),
      };
    });
  }
}

async function affectedBy(
  manager: Queryable,
  starts: readonly string[],
  known: Known,
): Promise<Pick<RecallPreview, 'affectedRoot' | 'items' | 'truncated'>> {
  if (starts.length === 0) return { affectedRoot: null, items: [], truncated: false };
  const { nodes, truncated } = await walk(manager, starts, 'FORWARD', BOUNDS, known);
  const affected = nodes.filter(({ presence }) => presence === 'ITEM' || presence === 'PORTION').sort(byUri);
  const positions = await positionsOf(
    manager,
    affected.map(({ uri }) => uri),
    known,
  );
  const items = positions.map((position, index) => {
    const { certainty, depth } = affected[index]!;
    return { ...position, certainty, depth };
  });
  return { affectedRoot: affectedRoot(items.map(({ uri }) => uri)), items, truncated: truncated !== null };
}

const BOUNDS = { maxDepth: MAX_DEPTH, maxNodes: MAX_AFFECTED };

function byUri(a: { readonly uri: string }, b: { readonly uri: string }): number {
  return a.uri < b.uri ? -1 : Number(a.uri > b.uri);
}

/** What the criteria name, and what events name that meet all their other conditions. */
async function startsOf(manager: Queryable, criteria: CanonicalCriteria, known: Known): Promise<string[]> {
  const { items, products, sites, from, to } = criteria;
  if (products.length + sites.length === 0) return [...items];
  const bindings = new Bindings();
  const conditions = [eventCountsAsOf(known, 'e', bindings)];
  if (products.length > 0) conditions.push(`i.product = ANY(${bindings.bind(products)}::text[])`);
  if (sites.length > 0) {
    const places = bindings.bind(sites);
    conditions.push(`(e.read_point = ANY(${places}::text[]) OR e.biz_location = ANY(${places}::text[]))`);
  }
  if (from !== null) conditions.push(`e.event_time >= ${bindings.bind(from)}::timestamptz`);
  if (to !== null) conditions.push(`e.event_time < ${bindings.bind(to)}::timestamptz`);
  const rows: { uri: string }[] = await manager.query(
    `SELECT DISTINCT i.uri FROM epcis_event e
     JOIN event_item i ON i.event_time = e.event_time AND i.event_id = e.id
     WHERE ${conditions.join(' AND ')} ORDER BY 1 LIMIT ${MAX_STARTS + 1}`,
    bindings.values,
  );
  const starts = [...new Set([...items, ...rows.map(({ uri }) => uri)])];
  if (starts.length > MAX_STARTS) {
    const found = `the criteria name more than ${MAX_STARTS} items`;
    throw new AuditError('RECALL_INVALID', `criteria: ${found}; narrow them by product, site or time`);
  }
  return starts;
}
