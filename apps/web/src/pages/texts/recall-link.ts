import type { RecallFields } from '../../network/text-types.js';

const DAY_MS = 86_400_000;

/** The recall page with these criteria filled in; its days are whole, the last one included. */
export function recallLink({ items, products, sites, from, to }: RecallFields): string {
  const search = new URLSearchParams();
  for (const [field, list] of [
    ['items', items],
    ['products', products],
    ['sites', sites],
  ] as const) {
    if (list.length > 0) search.set(field, list.join(' '));
  }
  if (from) search.set('from', from.slice(0, 10));
  if (to) search.set('to', new Date(Date.parse(to) - DAY_MS).toISOString().slice(0, 10));
  return `/recalls?${search}`;
}
