import type { EntityManager } from 'typeorm';
import type { Bind } from './bind.js';
import type { Criterion, EventQuery } from './criterion.js';
import { candidateCondition } from './object.sql.js';

/** Mentions up to which the events of patterns are looked up by their ids. */
const FEW = 10_000;

/**
 * The query with the events that its patterns can mean at all, where these are few. The planner keeps no statistics of a
 * partitioned table as a whole, so it cannot know whether a pattern means nothing or everything, and would walk through all
 * events to find that out.
 */
export async function narrowed(
  manager: Pick<EntityManager, 'query'>,
  query: EventQuery,
): Promise<EventQuery> {
  const criteria: Criterion[] = [];
  for (const criterion of query.criteria) {
    const isOpen = criterion.kind === 'object' && criterion.patterns.length > 0;
    criteria.push(isOpen ? await withEvents(manager, criterion) : criterion);
  }
  return { ...query, criteria };
}

async function withEvents(
  manager: Pick<EntityManager, 'query'>,
  criterion: Criterion & { kind: 'object' },
): Promise<Criterion> {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const rows: { id: string }[] = await manager.query(
    `SELECT m.event_id AS id FROM event_item m WHERE ${candidateCondition(criterion, bind)} LIMIT ${FEW + 1}`,
    values,
  );
  return rows.length > FEW ? criterion : { ...criterion, events: [...new Set(rows.map(({ id }) => id))] };
}
