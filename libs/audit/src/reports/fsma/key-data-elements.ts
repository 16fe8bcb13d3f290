import type { CriticalTrackingEvent } from './critical-event.js';
import type { FsmaRow } from './fsma-row.js';

type Described = Omit<FsmaRow, 'missing'>;
type Element = readonly [name: string, value: (row: Described) => unknown];

const LOT_CODE: Element = ['traceability lot code', (row) => row.traceabilityLotCode];
const QUANTITY: Element = ['quantity and unit of measure', (row) => row.quantity];
const PRODUCT: Element = ['product description', (row) => row.productName];
const COMMODITY: Element = ['commodity', (row) => row.commodity ?? row.productName];
const RECIPIENT: Element = ['immediate subsequent recipient', (row) => row.nextRecipient];
const SOURCE: Element = ['traceability lot code source', (row) => row.lotCodeSource];
const DOCUMENT: Element = ['reference document', (row) => row.documents[0]];
const FARM: Element = ['farm', (row) => row.farm];
const AREA: Element = ['field or growing area', (row) => row.growingArea];
const HARVEST_DATE: Element = ['date of harvesting', (row) => row.harvestDate];
const LOCATION: Element = ['location', (row) => row.location];

const HARVESTED: readonly Element[] = [COMMODITY, QUANTITY, FARM, AREA, HARVEST_DATE];
const MADE: readonly Element[] = [LOT_CODE, PRODUCT, QUANTITY, LOCATION, DOCUMENT];

/** What the rule asks for (21 CFR 1.1325 to 1.1350), as far as it stands in events. */
const WANTED: Readonly<Record<CriticalTrackingEvent, readonly Element[]>> = {
  Harvesting: [...HARVESTED, RECIPIENT, DOCUMENT],
  Cooling: [COMMODITY, QUANTITY, LOCATION, FARM, RECIPIENT, DOCUMENT],
  'Initial packing': MADE,
  'First land-based receiving': [
    ...MADE,
    ['species or market name', (row) => row.variety ?? row.productName],
    HARVEST_DATE,
    ['places of the catch', (row) => row.catchAreas],
  ],
  Shipping: [LOT_CODE, QUANTITY, PRODUCT, RECIPIENT, LOCATION, SOURCE, DOCUMENT],
  Receiving: [
    ...[LOT_CODE, QUANTITY, PRODUCT, LOCATION, SOURCE, DOCUMENT],
    ['immediate previous source', (row) => row.previousSource],
  ],
  Transformation: MADE,
};

const PACKED: readonly Element[] = [
  ...HARVESTED,
  ['harvester', (row) => row.harvester],
  ['date of receipt', (row) => row.receivedDate],
];
const USED: readonly Element[] = [LOT_CODE, PRODUCT, QUANTITY];

/** Names of the key data elements that a row should have and has not. */
export function missingElements(row: Described): string[] {
  const used = row.event === 'Initial packing' ? PACKED : USED;
  const wanted = row.role === 'INPUT' ? used : WANTED[row.event];
  return wanted
    .filter(([, valueOf]) => [undefined, null, ''].includes(valueOf(row) as null))
    .map(([name]) => name);
}
