import { causeOf } from '../mass-balance/movement.js';

/** Where goods stand: with somebody, on their way, or gone. */
export type ItemState = 'ON_HAND' | 'IN_TRANSIT' | 'CONSUMED' | 'SOLD' | 'DISPOSED' | 'UNKNOWN';

/** What the last event says of an item, in the words of EPCIS. */
export interface LastWord {
  readonly type: string;
  readonly action: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  readonly role: 'EPC' | 'PARENT' | 'CHILD' | 'INPUT' | 'OUTPUT';
}

const GONE: Readonly<Record<string, ItemState>> = {
  retail_sold: 'SOLD',
  dispensed: 'SOLD',
  destroyed: 'DISPOSED',
  disposed: 'DISPOSED',
  inactive: 'DISPOSED',
};

/** The state that follows from the last event that names an item. */
export function stateOf(word: LastWord | undefined): ItemState {
  if (!word) return 'UNKNOWN';
  const gone = GONE[word.disposition ?? ''];
  if (gone) return gone;
  switch (causeOf(word)) {
    case 'CONSUMED':
      return 'CONSUMED';
    case 'SOLD':
      return 'SOLD';
    case 'DISPOSED':
      return 'DISPOSED';
    case 'SHIPPED':
      return 'IN_TRANSIT';
    default:
      return word.bizStep === 'departing' || word.disposition === 'in_transit' ? 'IN_TRANSIT' : 'ON_HAND';
  }
}

/** How much of a lot was made and how much of it is gone; undefined where it was never counted. */
export interface LotAmount {
  readonly uom: string | null;
  readonly made: number;
  readonly consumed: number;
  readonly sold: number;
  readonly disposed: number;
}

/** The state of a lot: gone only when all of it is, whatever the last event took. */
export function stateOfLot(last: ItemState, amount: LotAmount | undefined): ItemState {
  if (last !== 'CONSUMED' && last !== 'SOLD' && last !== 'DISPOSED') return last;
  if (!amount || amount.made === 0) return last;
  const gone = amount.consumed + amount.sold + amount.disposed;
  return gone < amount.made * (1 - 1e-9) ? 'ON_HAND' : last;
}
