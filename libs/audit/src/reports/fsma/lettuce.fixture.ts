import { gtin, lgtin, sgln, sscc, type EpcisEvent } from '@tallyhouse/epcis';

const PREFIX = '9521141';
/** Where the goods of the fixture go, farm to shop, and a harbour. */
export const PLACES = {
  farm: sgln('9521141000014'),
  field: sgln('9521141000021'),
  cooler: sgln('9521141000038'),
  packer: sgln('9521141000045'),
  kitchen: sgln('9521141000052'),
  shop: sgln('9521141000069'),
  harbour: sgln('9521141000076'),
} as const;
const HEADS = gtin(PREFIX, '00001');
const CASE = gtin(PREFIX, '00002');
const SALAD = gtin(PREFIX, '00003');
const FISH = gtin(PREFIX, '00004');
export const PRODUCTS = { heads: HEADS, cases: CASE, salad: SALAD, fish: FISH } as const;

const lot = (product: string, code: string) => lgtin(product, code);
const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });
const boxes = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'CS' });
const document = (type: string, number: string) => [
  { type, bizTransaction: `urn:epcglobal:cbv:bt:9521141000014:${number}` },
];
const way = (from: string, to: string) => ({
  sourceList: [{ type: 'location', source: from }],
  destinationList: [{ type: 'location', destination: to }],
});
const at = (day: number, hour: number, place: string, area = place) => ({
  eventTime: `2026-04-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00-04:00`,
  eventTimeZoneOffset: '-04:00',
  readPoint: { id: place },
  bizLocation: { id: area },
});
const PALLET = sscc(PREFIX, '000000001');
const HARVESTED = kg(lot(HEADS, 'H1'), 500);
const { farm, field, cooler, packer, kitchen, shop, harbour } = PLACES;

/** Lettuce from field to shop and a fish landed: each of the seven critical tracking events. */
export const LETTUCE: readonly EpcisEvent[] = [
  {
    ...at(10, 22, farm, field),
    ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'creating_class_instance', disposition: 'active' },
    ...{ quantityList: [HARVESTED], bizTransactionList: document('prodorder', 'HARVEST-7') },
    ilmd: { 'gs1:variety': 'Iceberg' },
  },
  {
    ...at(11, 6, farm),
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
    ...{ quantityList: [HARVESTED], bizTransactionList: document('desadv', 'DA-1'), ...way(farm, cooler) },
  },
  {
    ...at(11, 9, cooler),
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'other', disposition: 'in_progress' },
    ...{ quantityList: [HARVESTED], bizTransactionList: document('prodorder', 'COOL-3') },
    ...{ destinationList: [{ type: 'location', destination: packer }] },
    sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 2, uom: 'CEL' }] }],
  },
  {
    ...at(12, 8, packer),
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', disposition: 'in_progress' },
    ...{ quantityList: [HARVESTED], bizTransactionList: document('recadv', 'RA-2'), ...way(cooler, packer) },
  },
  {
    ...at(12, 12, packer),
    ...{ type: 'TransformationEvent', bizStep: 'creating_class_instance', disposition: 'active' },
    ...{ inputQuantityList: [HARVESTED], outputQuantityList: [boxes(lot(CASE, 'TLC-9'), 40)] },
    bizTransactionList: document('prodorder', 'PACK-4'),
  },
  {
    ...at(12, 15, packer),
    ...{ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: PALLET },
    childQuantityList: [boxes(lot(CASE, 'TLC-9'), 40)],
  },
  {
    ...at(13, 5, packer),
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
    epcList: [PALLET],
    bizTransactionList: [...document('desadv', 'DA-5'), ...document('bol', 'BOL-6')],
    ...way(packer, kitchen),
  },
  {
    ...at(13, 11, kitchen),
    ...{ type: 'AggregationEvent', action: 'OBSERVE', bizStep: 'receiving', parentID: PALLET },
    childQuantityList: [boxes(lot(CASE, 'TLC-9'), 40)],
    ...{ bizTransactionList: document('recadv', 'RA-8'), ...way(packer, kitchen) },
  },
  {
    ...at(14, 9, kitchen),
    ...{ type: 'TransformationEvent', bizStep: 'creating_class_instance', disposition: 'active' },
    inputQuantityList: [boxes(lot(CASE, 'TLC-9'), 10)],
    outputQuantityList: [boxes(lot(SALAD, 'S-1'), 200)],
    bizTransactionList: document('prodorder', 'MIX-1'),
  },
  {
    ...at(15, 9, kitchen),
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
    ...{ quantityList: [boxes(lot(SALAD, 'S-1'), 200)], destinationList: way(kitchen, shop).destinationList },
  },
  {
    ...at(16, 7, harbour),
    ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'creating_class_instance', disposition: 'active' },
    quantityList: [kg(lot(FISH, 'F-1'), 1_000)],
    bizTransactionList: document('recadv', 'LAND-1'),
    ilmd: {
      ...{ 'gs1:catchZone': ['21.4R', '27.14.a'], 'gs1:fishType': 'SWORDFISH' },
      ...{ 'gs1:harvestDateStart': '2026-04-09', 'gs1:harvestDateEnd': '2026-04-14' },
    },
  },
];
