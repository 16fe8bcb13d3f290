import type { Bind } from './bind.js';
import type { Comparison, Criterion, PathCriterion } from './criterion.js';
import { anyOf, foundFirst, lookedAt, mentioned } from './mentioned.sql.js';
import { attributeCondition, insideCondition } from './master-data.sql.js';
import type { QualifiedName } from './qualified-name.js';
import { objectCondition } from './object.sql.js';

const OPERATOR: Readonly<Record<Comparison, string>> = { EQ: '=', GT: '>', GE: '>=', LT: '<', LE: '<=' };

/** SQL for a condition on `epcis_event e`; whatever the caller gave is bound, never spelled. */
export function conditionOf(criterion: Criterion, bind: Bind): string {
  switch (criterion.kind) {
    case 'column':
      return anyOf(`e.${criterion.column}`, criterion.values, bind);
    case 'within':
      return `(EXISTS (SELECT FROM unnest(${bind(criterion.sites)}::text[]) AS site
        WHERE e.${criterion.column} = site OR starts_with(e.${criterion.column}, site || '/254/'))
        OR ${insideCondition(criterion, bind)})`;
    case 'time':
      return `e.${criterion.column} ${OPERATOR[criterion.comparison]} ${bind(criterion.time)}::timestamptz`;
    case 'object':
      return objectCondition(criterion, bind);
    case 'quantity':
      return quantityCondition(criterion, bind);
    case 'transaction':
      return foundFirst(
        'event_biz_tx',
        `m.type = ${bind(criterion.type)} AND ${anyOf('m.uri', criterion.uris, bind)}`,
      );
    case 'place':
      return mentioned(
        'event_source_dest',
        `m.role = ${bind(criterion.role)} AND m.type = ${bind(criterion.type)} AND ${anyOf('m.uri', criterion.uris, bind)}`,
      );
    case 'attribute':
      return attributeCondition(criterion, bind);
    case 'event-id':
      return anyOf(EVENT_ID, criterion.ids, bind);
    case 'path':
      return pathCondition(criterion, bind);
  }
}

/** The eventID that the sender gave; there is an index on this expression. */
export const EVENT_ID = 'e.declared_id';

/** The keys of a field told by its namespace are those that the document of the event gave it, and the name itself. */
function pathCondition({ path, variables, name }: PathCriterion, bind: Bind): string {
  const given = `${bind(JSON.stringify(variables))}::jsonb`;
  const keys = (of: QualifiedName): string => `to_jsonb(${bind(of.keys)}::text[] || ARRAY(
    SELECT p.prefix || ':' || ${bind(of.local)}::text FROM capture_prefix p
    WHERE p.capture_job = e.capture_job AND p.namespace = ANY(${bind(of.namespaces)}::text[])))`;
  const all = name ? `${given} || jsonb_build_object('keys', ${keys(name)})` : given;
  return `jsonb_path_exists_tz(e.body::jsonb, ${bind(path)}::jsonpath, ${all}, true)`;
}

function quantityCondition(criterion: Criterion & { kind: 'quantity' }, bind: Bind): string {
  const unit = criterion.uom === undefined ? '' : ` AND m.uom = ${bind(criterion.uom)}`;
  return lookedAt(
    'event_item',
    `m.quantity ${OPERATOR[criterion.comparison]} ANY(${bind(criterion.quantities)}::numeric[])${unit}`,
  );
}
