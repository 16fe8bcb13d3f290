import type { ObjectList } from './criterion.js';

/**
 * Mentions are numbered in the order of the event's fields, and within one role the objects come before the classes:
 * so the length of a list tells which mentions are its own.
 */
const EPCS = length('epcList');
const FIRST_CHILD = `${EPCS} + ${length('quantityList')} + (CASE WHEN e.body ->> 'parentID' IS NULL THEN 0 ELSE 1 END)`;
const CHILD_CLASSES = `${FIRST_CHILD} + ${length('childEPCs')}`;
const INPUT_CLASSES = `${CHILD_CLASSES} + ${length('childQuantityList')} + ${length('inputEPCList')}`;
const OUTPUT_CLASSES = `${INPUT_CLASSES} + ${length('inputQuantityList')} + ${length('outputEPCList')}`;

/** The role that mentions of a list have. */
export const ROLE: Readonly<Record<ObjectList, string>> = {
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
