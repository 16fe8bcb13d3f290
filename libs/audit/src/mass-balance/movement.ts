import type { NetContent } from './units.js';

/** Which way goods cross the books of a site. */
export type Flow = 'IN' | 'OUT';

/** Why goods came or went, in the words of the event that says so. */
export type MovementCause =
  | 'COMMISSIONED'
  | 'PRODUCED'
  | 'RECEIVED'
  | 'CONSUMED'
  | 'SHIPPED'
  | 'SOLD'
  | 'DISPOSED';

/** One amount that entered or left a site's stock of a class. */
export interface Movement {
  /** The event that says so. */
  readonly eventId: string;
  /** Event time, milliseconds since 1970. */
  readonly time: number;
  readonly cause: MovementCause;
  /** Never negative; NaN and infinities are refused. */
  readonly quantity: number;
  /** UN/ECE Recommendation 20 code; pieces when absent. */
  readonly uom?: string | null;
  /** What one piece holds, where pieces and weights are to be compared. */
  readonly netContent?: NetContent | undefined;
}

const FLOW: Readonly<Record<MovementCause, Flow>> = {
  COMMISSIONED: 'IN',
  PRODUCED: 'IN',
  RECEIVED: 'IN',
  CONSUMED: 'OUT',
  SHIPPED: 'OUT',
  SOLD: 'OUT',
  DISPOSED: 'OUT',
};

/** Whether a movement of that cause adds to the stock or takes from it. */
export function flowOf(cause: MovementCause): Flow {
  return FLOW[cause];
}

/** What of an event decides which way the goods that it names move. */
export interface MovementWords {
  readonly type: string;
  readonly action: string | null;
  /** Local name of the CBV step, e.g. `shipping`. */
  readonly bizStep: string | null;
  readonly role: 'EPC' | 'PARENT' | 'CHILD' | 'INPUT' | 'OUTPUT';
}

const STEPS: Readonly<Record<string, MovementCause>> = {
  receiving: 'RECEIVED',
  shipping: 'SHIPPED',
  retail_selling: 'SOLD',
  dispensing: 'SOLD',
  consuming: 'CONSUMED',
  destroying: 'DISPOSED',
  decommissioning: 'DISPOSED',
};

/**
 * The cause of the movement that an event tells of an item in a role; undefined when nothing enters or leaves the
 * site's stock. Packing and unpacking move nothing: what is in a case is still in stock.
 */
export function causeOf({ type, action, bizStep, role }: MovementWords): MovementCause | undefined {
  if (type === 'TransformationEvent') return TRANSFORMED[role];
  if (role !== 'EPC' || (type !== 'ObjectEvent' && type !== 'TransactionEvent')) return undefined;
  if (type === 'ObjectEvent' && action === 'ADD') return 'COMMISSIONED';
  const step = STEPS[bizStep ?? ''];
  if (type !== 'ObjectEvent' || action !== 'DELETE') return step;
  return step && flowOf(step) === 'OUT' ? step : 'DISPOSED';
}

const TRANSFORMED: Readonly<Partial<Record<MovementWords['role'], MovementCause>>> = {
  INPUT: 'CONSUMED',
  OUTPUT: 'PRODUCED',
};
