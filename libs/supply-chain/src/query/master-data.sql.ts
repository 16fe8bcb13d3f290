import type { Bind } from './bind.js';
import type { Criterion } from './criterion.js';
import { LIST_CONDITION } from './list-condition.sql.js';
import { vocabulariesOf } from './master-data-fields.js';

/**
 * SQL for: what the sender of the event says of the element that a field names has an attribute. What other partners say
 * of it does not count, so that nobody changes what is found of another's events.
 */
export function attributeCondition(criterion: Criterion & { kind: 'attribute' }, bind: Bind): string {
  const { field } = criterion;
  const stated = elementCondition(criterion, bind);
  switch (field.at) {
    case 'column':
      return `(e.partner, e.${field.column}) IN (SELECT k.partner, k.uri FROM master_data k WHERE ${stated})`;
    case 'transactions':
      return named('event_biz_tx', '(m.uri = k.uri OR m.uri = k.id)', stated);
    case 'parties':
      return named('event_source_dest', `m.uri = k.uri AND m.role = '${field.role}'`, stated);
    case 'objects': {
      const lists = field.lists.map((list) => LIST_CONDITION[list]).join(' OR ');
      const objects = '(m.uri = k.uri OR m.product = k.uri)';
      return `${named('event_item', objects, stated)} AND CASE WHEN EXISTS (
        SELECT FROM event_item m JOIN master_data k ON ${objects}
        WHERE m.event_time = e.event_time AND m.event_id = e.id AND k.partner = e.partner AND (${lists}) AND ${stated})
        THEN true END`;
    }
    case 'path':
      return `EXISTS (
        SELECT FROM jsonb_path_query(e.body::jsonb, ${bind(field.path)}::jsonpath, '{}', true) AS named
        JOIN master_data k ON k.partner = e.partner AND (k.uri = named #>> '{}' OR k.id = named #>> '{}')
        WHERE ${stated})`;
  }
}

/** SQL for: the place is one of some, or inside one as the sender's master data tell it, through any number of places. */
export function insideCondition({ column, sites }: Criterion & { kind: 'within' }, bind: Bind): string {
  const ofPlaces = `k.superseded_at IS NULL AND k.vocabulary = ANY(${bind(vocabulariesOf(column))}::text[])`;
  return `(e.partner, e.${column}) IN (
    WITH RECURSIVE inside(partner, uri) AS (
        SELECT k.partner, child FROM master_data k CROSS JOIN unnest(k.children) AS child
        WHERE k.uri = ANY(${bind(sites)}::text[]) AND ${ofPlaces}
      UNION
        SELECT k.partner, child
        FROM inside JOIN master_data k ON k.partner = inside.partner AND k.uri = inside.uri AND ${ofPlaces}
          CROSS JOIN unnest(k.children) AS child)
    SELECT partner, uri FROM inside)`;
}

function named(table: string, joined: string, stated: string): string {
  return `(e.event_time, e.id, e.partner) IN (
    SELECT m.event_time, m.event_id, k.partner FROM master_data k JOIN ${table} m ON ${joined} WHERE ${stated})`;
}

function elementCondition({ field, names, values }: Criterion & { kind: 'attribute' }, bind: Bind): string {
  const ofVocabulary =
    field.at === 'path' ? '' : `AND k.vocabulary = ANY(${bind(field.vocabularies)}::text[])`;
  const ofName = bind(names);
  const ofValue = values === undefined ? '' : `AND a ->> 'value' = ANY(${bind(values)}::text[])`;
  return `k.superseded_at IS NULL ${ofVocabulary} AND EXISTS (
    SELECT FROM jsonb_array_elements(k.attributes) AS a
    WHERE (a ->> 'name' = ANY(${ofName}::text[]) OR a ->> 'id' = ANY(${ofName}::text[])) ${ofValue})`;
}
