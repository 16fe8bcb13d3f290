/** What is wrong with an event that is right by its schema; `pointer` starts at the event. */
export type EventFault = { pointer: string; rule: string; found: string; expected: string };

/** Lists of an event that name objects one by one. */
export const EPC_LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;

/** Lists of an event that name amounts of a class. */
export const QUANTITY_LISTS = [
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
] as const;
