import type { Comparison, Criterion, ObjectList } from './criterion.js';

const OPERATOR: Readonly<Record<Comparison, string>> = { EQ: '=', GT: '>', GE: '>=', LT: '<', LE: '<=' };

/** Adds a value to a statement and gives the parameter that stands for it. */
export type Bind = (value: unknown) => string;

/** SQL for a condition on `epcis_event e`; whatever the caller gave is bound, never spelled. */
export function conditionOf(criterion: Criterion, bind: Bind): string {
  switch (criterion.kind) {
    case 'column':
      return anyOf(`e.${criterion.column}`, criterion.values, bind);
    case 'within':
      return `EXISTS (SELECT FROM unnest(${bind(criterion.sites)}::text[]) AS site
        WHERE e.${criterion.column} = site OR starts_with(e.${criterion.column}, site || '/254/'))`;
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
    case 'event-id':
      return anyOf(EVENT_ID, criterion.ids, bind);
    case 'path':
      return `jsonb_path_exists_tz(e.body::jsonb, ${bind(criterion.path)}::jsonpath, ${bind(JSON.stringify(criterion.variables))}::jsonb, true)`;
  }
}

/** The eventID that the sender gave; there is an index on this expression. */
export const EVENT_ID = `(e.body ->> 'eventID')`;

function anyOf(column: string, values: readonly string[], bind: Bind): string {
  return values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = ANY(${bind(values)}::text[])`;
}

function mentioned(table: string, condition: string): string {
  return `EXISTS (SELECT FROM ${table} m WHERE m.event_time = e.event_time AND m.event_id = e.id AND ${condition})`;
}

/** A condition that is looked at in each event that the other conditions leave. */
function lookedAt(table: string, condition: string): string {
  return `CASE WHEN ${mentioned(table, condition)} THEN true END`;
}

/**
 * A condition that few events meet, whose index is asked first. The planner keeps no statistics of a partitioned table
 * as a whole, and would rather walk through all events.
 */
function foundFirst(table: string, condition: string): string {
  return `e.id = ANY(ARRAY(SELECT m.event_id FROM ${table} m WHERE ${condition}))`;
}

function quantityCondition(criterion: Criterion & { kind: 'quantity' }, bind: Bind): string {
  const unit = criterion.uom === undefined ? '' : ` AND m.uom = ${bind(criterion.uom)}`;
  return lookedAt(
    'event_item',
    `m.quantity ${OPERATOR[criterion.comparison]} ${bind(criterion.quantity)}::numeric${unit}`,
  );
}

/** The index finds events that name the objects; which list names them is then looked at in each of these alone. */
function objectCondition({ uris, products, lists }: Criterion & { kind: 'object' }, bind: Bind): string {
  const roles = [...new Set(lists.map((list) => ROLE[list]))];
  const byUri = uris.length > 0 ? [anyOf('m.uri', uris, bind)] : [];
  const byProduct = products.length > 0 ? [anyOf('m.product', products, bind)] : [];
  const serialised = byProduct.map((condition) => `${condition} AND m.uri LIKE m.product || '/21/%'`);
  const candidate = `(${[...byUri, ...byProduct].join(' OR ')}) AND m.role IN ('${roles.join(`', '`)}')`;
  const exact = `(${[...byUri, ...serialised].join(' OR ')}) AND (${lists.map((list) => LIST_CONDITION[list]).join(' OR ')})`;
  const found =
    products.length > 0
      ? `(e.event_time, e.id) IN (SELECT m.event_time, m.event_id FROM event_item m WHERE ${candidate})`
      : foundFirst('event_item', candidate);
  return `${found} AND ${lookedAt('event_item', exact)}`;
}

/**
 * Mentions are numbered in the order of the event's fields, and within one role the objects come before the classes:
 * so the length of a list tells which mentions are its own.
 */
const EPCS = length('epcList');
const FIRST_CHILD = `${EPCS} + ${length('quantityList')} + (CASE WHEN e.body ->> 'parentID' IS NULL THEN 0 ELSE 1 END)`;
const CHILD_CLASSES = `${FIRST_CHILD} + ${length('childEPCs')}`;
const INPUT_CLASSES = `${CHILD_CLASSES} + ${length('childQuantityList')} + ${length('inputEPCList')}`;
const OUTPUT_CLASSES = `${INPUT_CLASSES} + ${length('inputQuantityList')} + ${length('outputEPCList')}`;

const ROLE: Readonly<Record<ObjectList, string>> = {
  epcList: 'EPC',
  quantityList: 'EPC',
  parentID: 'PARENT',
  childEPCs: 'CHILD',
  childQuantityList: 'CHILD',
  inputEPCList: 'INPUT',
  inputQuantityList: 'INPUT',
  outputEPCList: 'OUTPUT',
  outputQuantityList: 'OUTPUT',
};

/** Whether a mention `m` of the event `e` stands in a list. */
export const LIST_CONDITION: Readonly<Record<ObjectList, string>> = {
  epcList: `m.role = 'EPC' AND m.ordinal < ${EPCS}`,
  quantityList: `m.role = 'EPC' AND m.ordinal >= ${EPCS}`,
  parentID: `m.role = 'PARENT'`,
  childEPCs: `m.role = 'CHILD' AND m.ordinal < ${CHILD_CLASSES}`,
  childQuantityList: `m.role = 'CHILD' AND m.ordinal >= ${CHILD_CLASSES}`,
  inputEPCList: `m.role = 'INPUT' AND m.ordinal < ${INPUT_CLASSES}`,
  inputQuantityList: `m.role = 'INPUT' AND m.ordinal >= ${INPUT_CLASSES}`,
  outputEPCList: `m.role = 'OUTPUT' AND m.ordinal < ${OUTPUT_CLASSES}`,
  outputQuantityList: `m.role = 'OUTPUT' AND m.ordinal >= ${OUTPUT_CLASSES}`,
};

function length(list: string): string {
  return `(CASE WHEN json_typeof(e.body -> '${list}') = 'array' THEN json_array_length(e.body -> '${list}') ELSE 0 END)`;
}
