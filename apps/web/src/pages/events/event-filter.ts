import type { FilterField } from '../../components/filters.js';
import { stateWord } from '../../format/names.js';

const ADDRESS = /^0x[0-9a-f]{40}$/i;

const spaced = (word: string): string => word.replaceAll('_', ' ');

export const FILTERS: readonly FilterField[] = [
  {
    key: 'bizStep',
    name: 'Step',
    word: spaced,
    among: [
      'commissioning',
      'packing',
      'shipping',
      'receiving',
      'storing',
      'unpacking',
      'retail_selling',
      'inspecting',
    ],
  },
  {
    key: 'type',
    name: 'Type',
    among: ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'],
  },
  { key: 'status', name: 'On chain', among: ['PENDING', 'SEALED', 'ANCHORED', 'FINAL'], word: stateWord },
  { key: 'item', name: 'Item', example: 'https://id.gs1.org/01/…' },
  { key: 'location', name: 'Place', example: 'https://id.gs1.org/414/…' },
  { key: 'partner', name: 'Partner', example: '0x…' },
  { key: 'from', name: 'From', isDate: true },
  { key: 'to', name: 'To', isDate: true },
];

/** The filter the api takes, from the address of the page; dates are whole days in UTC, `to` included. */
export function eventFilter(search: URLSearchParams): Record<string, string> {
  const filter: Record<string, string> = {};
  for (const { key, among, isDate } of FILTERS) {
    const value = search.get(key)?.trim();
    if (!value || (among && !among.includes(value))) continue;
    if (key === 'partner' && !ADDRESS.test(value)) continue;
    if (isDate) {
      const at = Date.parse(`${value}T00:00:00Z`);
      if (Number.isNaN(at)) continue;
      filter[key] = new Date(key === 'to' ? at + 86_400_000 : at).toISOString();
    } else filter[key] = value;
  }
  return filter;
}
