import type { EpcisEvent, JsonObject, JsonValue } from '@tallyhouse/epcis';
import { SCMS_IDENTIFIER_DERIVATION, scmsIdentifiers, type ScmsIdentifiers } from './identifiers.js';
import type { ScmsAmount, ScmsRow } from './row.js';

/** The JSON-LD context under which imported events are to be read. */
export const SCMS_CONTEXT: readonly JsonValue[] = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { tally: 'https://tallyhouse.example/epcis/' },
];

const DAY_MS = 86_400_000;
/** Days on the way, an assumption for each mode: the source has no date of shipping. */
const TRANSIT_DAYS: Readonly<Record<ScmsRow['shipmentMode'], number>> = {
  Air: 5,
  'Air Charter': 4,
  Truck: 7,
  Ocean: 35,
  'N/A': 7,
};
/** Days before shipping, and hours of the day in UTC, of steps that the source has no time for. */
const COMMISSIONED = { daysBefore: 30, hour: 6 } as const;
const PACKED = { daysBefore: 1, hour: 15 } as const;
const SHIPPED = { daysBefore: 0, hour: 9 } as const;
const RECEIVED_HOUR = 12;

/**
 * The four events of a line: commissioning of its lot at the manufacturing site, packing into a logistic unit,
 * shipping, and receiving in the country. The same line gives the same events.
 *
 * Receiving is at 12:00 UTC of the delivered date, the only time that the source observed. Shipping is at 09:00 UTC,
 * the transit days of the shipment mode before the scheduled date, or before the delivered date where that is earlier;
 * packing is the day before at 15:00, commissioning 30 days before at 06:00. `tally:timeDerivation` says so on every
 * event: derived times carry no knowledge of lateness and, for early deliveries, betray the outcome, so they are no
 * features for a forecast. Freight, weight, insurance and the recording date, known late, are on receiving only.
 *
 * @example scmsEvents(row).map(({ bizStep }) => bizStep) // ['commissioning', 'packing', 'shipping', 'receiving']
 */
export function scmsEvents(row: ScmsRow): EpcisEvent[] {
  const ids = scmsIdentifiers(row);
  const quantity = [{ epcClass: ids.lot, quantity: row.quantity }];
  const shipping = shippingDay(row);
  const handOver = { ...transactionsOf(ids), ...partiesOf(ids), ...laneOf(row) };
  return [
    {
      type: 'ObjectEvent',
      ...when(shipping, COMMISSIONED),
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      ...at(ids.manufacturer),
      quantityList: quantity,
      ilmd: productOf(row),
      ...derived(row, shipping),
    },
    {
      type: 'AggregationEvent',
      ...when(shipping, PACKED),
      parentID: ids.logisticUnit,
      childQuantityList: quantity,
      action: 'ADD',
      bizStep: 'packing',
      disposition: 'in_progress',
      ...at(ids.origin),
      ...transactionsOf(ids),
      ...derived(row, shipping),
    },
    {
      ...observed(ids, quantity, 'shipping', 'in_transit'),
      ...when(shipping, SHIPPED),
      readPoint: { id: ids.origin },
      ...handOver,
      ...derived(row, shipping),
    },
    {
      ...observed(ids, quantity, 'receiving', 'in_progress'),
      ...when(dayOf(row.deliveredDate), { daysBefore: 0, hour: RECEIVED_HOUR }),
      ...at(ids.destination),
      ...handOver,
      ...outcomeOf(row),
      ...derived(row, undefined),
    },
  ];
}

type Observed = Pick<EpcisEvent, 'type' | 'action' | 'bizStep' | 'disposition' | 'epcList' | 'quantityList'>;

function observed(
  ids: ScmsIdentifiers,
  quantityList: NonNullable<EpcisEvent['quantityList']>,
  bizStep: string,
  disposition: string,
): Observed {
  return {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep,
    disposition,
    epcList: [ids.logisticUnit],
    quantityList,
  };
}

function shippingDay({ scheduledDate, deliveredDate, shipmentMode }: ScmsRow): number {
  return Math.min(dayOf(scheduledDate), dayOf(deliveredDate)) - TRANSIT_DAYS[shipmentMode];
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function when(
  day: number,
  { daysBefore, hour }: { readonly daysBefore: number; readonly hour: number },
): {
  eventTime: string;
  eventTimeZoneOffset: string;
} {
  const ms = (day - daysBefore) * DAY_MS + hour * 3_600_000;
  return { eventTime: new Date(ms).toISOString(), eventTimeZoneOffset: '+00:00' };
}

function at(id: string): Pick<EpcisEvent, 'readPoint' | 'bizLocation'> {
  return { readPoint: { id }, bizLocation: { id } };
}

function transactionsOf(ids: ScmsIdentifiers): Pick<EpcisEvent, 'bizTransactionList'> {
  return {
    bizTransactionList: [
      { type: 'po', bizTransaction: ids.purchaseOrder },
      { type: 'desadv', bizTransaction: ids.despatchAdvice },
    ],
  };
}

function partiesOf(ids: ScmsIdentifiers): Pick<EpcisEvent, 'sourceList' | 'destinationList'> {
  return {
    sourceList: [
      { type: 'owning_party', source: ids.vendor },
      { type: 'location', source: ids.origin },
    ],
    destinationList: [
      { type: 'possessing_party', destination: ids.recipient },
      { type: 'location', destination: ids.destination },
    ],
  };
}

function productOf(row: ScmsRow): JsonObject {
  return {
    'cbvmda:lotNumber': `SCMS-${row.id}`,
    'tally:productGroup': row.productGroup,
    'tally:subClassification': row.subClassification,
    'tally:itemDescription': row.itemDescription,
    'tally:molecule': row.molecule,
    'tally:brand': row.brand,
    'tally:dosage': row.dosage,
    'tally:dosageForm': row.dosageForm,
    'tally:unitsPerPack': row.unitsPerPack,
  };
}

/** What is known when the goods leave: the fields that series and forecasts are made of. */
function laneOf(row: ScmsRow): JsonObject {
  return {
    'tally:productGroup': row.productGroup,
    'tally:subClassification': row.subClassification,
    'tally:molecule': row.molecule,
    'tally:projectCode': row.projectCode,
    'tally:country': row.country,
    'tally:managedBy': row.managedBy,
    'tally:vendor': row.vendor,
    'tally:manufacturingSite': row.manufacturingSite,
    'tally:fulfillVia': row.fulfillVia,
    'tally:incoTerm': row.incoTerm,
    'tally:shipmentMode': row.shipmentMode,
    'tally:priceQuote': row.priceQuote,
    'tally:priceQuoteSent': row.priceQuoteSent,
    'tally:purchaseOrderSent': row.purchaseOrderSent,
    'tally:scheduledDeliveryDate': row.scheduledDate,
    'tally:firstLine': row.firstLine,
    'tally:valueUsd': row.valueUsd,
    'tally:packPriceUsd': row.packPriceUsd,
    'tally:unitPriceUsd': row.unitPriceUsd,
  };
}

/** What is known only when the goods have come, or later. */
function outcomeOf(row: ScmsRow): JsonObject {
  return {
    'tally:deliveryRecordedDate': row.recordedDate,
    ...amountOf('tally:weightKg', row.weightKg),
    ...amountOf('tally:freightUsd', row.freightUsd),
    ...(row.insuranceUsd === undefined ? {} : { 'tally:insuranceUsd': row.insuranceUsd }),
  };
}

/** A measured amount under its name; words that stand for one under the name with `Text`. */
function amountOf(name: string, amount: ScmsAmount): JsonObject {
  return amount.kind === 'measured' ? { [name]: amount.value } : { [`${name}Text`]: amount.words };
}

function derived(row: ScmsRow, shipping: number | undefined): JsonObject {
  const early = row.deliveredDate < row.scheduledDate;
  const basis =
    shipping === undefined ? 'delivered date' : `${early ? 'delivered' : 'scheduled'} date minus transit`;
  return {
    'tally:sourceLine': row.id,
    'tally:identifierDerivation': SCMS_IDENTIFIER_DERIVATION,
    'tally:timeDerivation': basis,
  };
}
