import type { Mention } from './rule.js';

/** Whether the item comes into being here: commissioned, made, or (a logistic unit) packed. */
export function isBirth({ role, fact }: Mention): boolean {
  if (role === 'OUTPUT') return true;
  if (role === 'PARENT') return fact.type === 'AggregationEvent' && fact.action === 'ADD';
  return role === 'EPC' && fact.type === 'ObjectEvent' && fact.action === 'ADD';
}

/** Whether the item ceases to be here: destroyed, decommissioned, or used up in making something else. */
export function isDeath({ role, fact }: Mention): boolean {
  if (role === 'INPUT') return true;
  if (role !== 'EPC' || fact.type !== 'ObjectEvent' || fact.action !== 'DELETE') return false;
  return fact.bizStep !== 'retail_selling' && fact.bizStep !== 'dispensing' && fact.bizStep !== 'shipping';
}

export function isShipping({ role, fact }: Mention): boolean {
  return role === 'EPC' && (fact.bizStep === 'shipping' || fact.bizStep === 'departing');
}

export function isReceiving({ role, fact }: Mention): boolean {
  return role === 'EPC' && (fact.bizStep === 'receiving' || fact.bizStep === 'arriving');
}

/** Whether the item comes back from a customer. */
export function isReturn({ fact }: Mention): boolean {
  return fact.disposition === 'returned';
}
