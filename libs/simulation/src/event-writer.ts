import { pgln, sgln, type EpcisEvent, type QuantityElement } from '@tallyhouse/epcis';
import { DAY_MS, isoDate } from './calendar.js';
import type { Flow, Shipment, Temperatures } from './flow.js';
import type { Content, Lot } from './stock.js';
import type { Partner, Product, Site, World } from './world.js';

/** What happens to a logistic unit. */
type CarriedFlow = Extract<Flow, { readonly shipment: Shipment }>;
type FlowOf<Kind extends Flow['kind']> = Flow & { readonly kind: Kind };

/** Days that a bulk good keeps. */
const BULK_SHELF_LIFE_DAYS = 720;
/** Cold-chain limits, degrees Celsius. */
const COLD_CHAIN = { minValue: 2, maxValue: 8 } as const;

/** Puts flows into the words of EPCIS 2.0 and the Core Business Vocabulary. */
export class EventWriter {
  private readonly offsets: readonly string[];
  private readonly locations: readonly { readonly id: string }[];

  constructor(private readonly world: World) {
    this.offsets = world.sites.map(({ offsetMinutes }) => formatOffset(offsetMinutes));
    this.locations = world.sites.map(({ gln }) => ({ id: sgln(gln) }));
  }

  write(flow: Flow): EpcisEvent {
    switch (flow.kind) {
      case 'make':
        return this.make(flow);
      case 'make-bulk':
        return this.makeBulk(flow);
      case 'transform':
        return this.transform(flow);
      case 'pack':
        return this.aggregation(flow, 'ADD', 'packing');
      case 'unpack':
        return this.aggregation(flow, 'DELETE', 'unpacking');
      case 'ship':
        return { ...this.observe(flow, 'shipping', 'in_transit'), ...this.handOver(flow.shipment) };
      case 'receive':
        return this.receive(flow);
      case 'inspect':
        return this.observe(flow, 'inspecting', 'conformant');
      case 'sell':
        return this.sell(flow);
    }
  }

  private make(flow: FlowOf<'make'>): EpcisEvent {
    return {
      type: 'ObjectEvent',
      ...this.when(flow),
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      ...this.where(flow),
      quantityList: [this.quantity(flow.content)],
      ilmd: this.lotMasterData(flow.content.lot),
    };
  }

  private makeBulk(flow: FlowOf<'make-bulk'>): EpcisEvent {
    return {
      type: 'ObjectEvent',
      ...this.when(flow),
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      ...this.where(flow),
      quantityList: [this.bulk(flow.lot, flow.kilograms)],
      ilmd: {
        'cbvmda:lotNumber': flow.lot.number,
        'cbvmda:itemExpirationDate': isoDate(flow.lot.madeOn + BULK_SHELF_LIFE_DAYS),
      },
    };
  }

  private transform(flow: FlowOf<'transform'>): EpcisEvent {
    return {
      type: 'TransformationEvent',
      ...this.when(flow),
      inputQuantityList: [this.bulk(flow.content.lot, flow.kilograms)],
      outputQuantityList: [this.quantity(flow.content)],
      bizStep: 'commissioning',
      disposition: 'active',
      ...this.where(flow),
      ilmd: this.lotMasterData(flow.content.lot),
    };
  }

  private aggregation(flow: CarriedFlow, action: 'ADD' | 'DELETE', bizStep: string): EpcisEvent {
    return {
      type: 'AggregationEvent',
      ...this.when(flow),
      parentID: flow.shipment.sscc,
      childQuantityList: flow.shipment.contents.map((content) => this.quantity(content)),
      action,
      bizStep,
      disposition: 'in_progress',
      ...this.where(flow),
    };
  }

  private observe(flow: CarriedFlow, bizStep: string, disposition: string): EpcisEvent {
    return {
      type: 'ObjectEvent',
      ...this.when(flow),
      action: 'OBSERVE',
      bizStep,
      disposition,
      ...this.where(flow),
      epcList: [flow.shipment.sscc],
      quantityList: flow.shipment.contents.map((content) => this.quantity(content)),
    };
  }

  private receive(flow: FlowOf<'receive'>): EpcisEvent {
    return {
      ...this.observe(flow, 'receiving', 'in_progress'),
      ...this.handOver(flow.shipment),
      ...(flow.celsius ? this.coldChain(flow, flow.celsius) : {}),
    };
  }

  private sell(flow: FlowOf<'sell'>): EpcisEvent {
    return {
      type: 'ObjectEvent',
      ...this.when(flow),
      action: 'OBSERVE',
      bizStep: 'retail_selling',
      disposition: 'retail_sold',
      ...this.where(flow),
      quantityList: flow.contents.map((content) => this.quantity(content)),
      'tally:unitPrice': (flow.priceCents / 100).toFixed(2),
      'tally:currency': 'EUR',
      ...(flow.promotion === undefined ? {} : { 'tally:promotion': flow.promotion }),
    };
  }

  private when({ at, site }: Flow): { eventTime: string; eventTimeZoneOffset: string } {
    return { eventTime: new Date(at).toISOString(), eventTimeZoneOffset: this.offsets[site] ?? '+00:00' };
  }

  /** What has left is nowhere, so a shipping event has a read point and no business location. */
  private where({ kind, site }: Flow): Pick<EpcisEvent, 'readPoint' | 'bizLocation'> {
    const location = this.locations[site];
    return kind === 'ship' ? { readPoint: location } : { readPoint: location, bizLocation: location };
  }

  private handOver({ from, to, order }: Shipment): Partial<EpcisEvent> {
    const [seller, buyer] = [this.ownerOf(from), this.ownerOf(to)];
    return {
      bizTransactionList: [
        { type: 'po', bizTransaction: `urn:epcglobal:cbv:bt:${buyer.gln}:PO-${order}` },
        { type: 'desadv', bizTransaction: `urn:epcglobal:cbv:bt:${seller.gln}:DA-${order}` },
      ],
      sourceList: [
        { type: 'possessing_party', source: pgln(seller.gln) },
        { type: 'location', source: this.locations[from]?.id ?? '' },
      ],
      destinationList: [
        { type: 'possessing_party', destination: pgln(buyer.gln) },
        { type: 'location', destination: this.locations[to]?.id ?? '' },
      ],
    };
  }

  private coldChain({ at, shipment }: FlowOf<'receive'>, celsius: Temperatures): Partial<EpcisEvent> {
    const tooWarm = celsius.max > COLD_CHAIN.maxValue;
    return {
      sensorElementList: [
        {
          sensorMetadata: {
            startTime: new Date(at - DAY_MS / 2).toISOString(),
            endTime: new Date(at).toISOString(),
          },
          sensorReport: [
            {
              type: 'Temperature',
              ...(tooWarm ? { exception: 'ALARM_CONDITION' } : {}),
              deviceID: `urn:epc:id:giai:${this.ownerOf(shipment.from).companyPrefix}.LOGGER${shipment.order % 40}`,
              minValue: celsius.min,
              meanValue: celsius.mean,
              maxValue: celsius.max,
              uom: 'CEL',
            },
          ],
        },
      ],
    };
  }

  private lotMasterData(lot: Lot): NonNullable<EpcisEvent['ilmd']> {
    const product = this.productOf(lot);
    return {
      'cbvmda:lotNumber': lot.number,
      'cbvmda:itemExpirationDate': isoDate(lot.madeOn + product.shelfLifeDays),
      'tally:productGroup': product.group,
    };
  }

  private quantity({ lot, quantity }: Content): QuantityElement {
    return { epcClass: lot.uri, quantity };
  }

  private bulk(lot: Lot, quantity: number): QuantityElement {
    return { epcClass: lot.bulkUri ?? lot.uri, quantity, uom: 'KGM' };
  }

  private productOf(lot: Lot): Product {
    return this.world.products[lot.product] as Product;
  }

  private ownerOf(site: number): Partner {
    return this.world.partners[(this.world.sites[site] as Site).partner] as Partner;
  }
}

function formatOffset(minutes: number): string {
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
}
