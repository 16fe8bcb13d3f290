import type { Bind } from './bind.js';
import type { Comparison, Criterion } from './criterion.js';
import { anyOf, foundFirst, lookedAt, mentioned } from './mentioned.sql.js';
import { attributeCondition, insideCondition } from './master-data.sql.js';
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
      return `jsonb_path_exists_tz(e.body::jsonb, ${bind(criterion.path)}::jsonpath, ${bind(JSON.stringify(criterion.variables))}::jsonb, true)`;
  }
}

/** The eventID that the sender gave; there is an index on this expression. */
export const EVENT_ID = `(e.body ->> 'eventID')`;

function quantityCondition(criterion: Criterion & { kind: 'quantity' }, bind: Bind): string {
  const unit = criterion.uom === undefined ? '' : ` AND m.uom = ${bind(criterion.uom)}`;
  return lookedAt(
    'event_item',
    `m.quantity ${OPERATOR[criterion.comparison]} ANY(${bind(criterion.quantities)}::numeric[])${unit}`,
  );
}
