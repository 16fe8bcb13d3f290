import type { CriticalTrackingEvent } from './critical-event.js';

/** A place as far as events, the register and the master data of documents describe it. */
export interface FsmaPlace {
  readonly uri: string;
  readonly name: string | null;
  /** The partner whose place it is. */
  readonly business: string | null;
  /** ISO 3166-1. */
  readonly country: string | null;
  /** Degrees, WGS 84. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Street, city, state, postal code, as a partner's master data has them. */
  readonly address: string | null;
  readonly telephone: string | null;
}

/** A business document of an event. */
export interface FsmaDocument {
  readonly type: string | null;
  readonly number: string;
}

/** A lot in a critical tracking event: a row of the sheet that an inspector may ask for (21 CFR 1.1455(c)(3)). */
export interface FsmaRow {
  readonly event: CriticalTrackingEvent;
  readonly eventId: string;
  readonly time: Date;
  /** Day at the place of the event, `YYYY-MM-DD`. */
  readonly date: string;
  /** What went into a packing or transformation, what came out of it; `SUBJECT` in every other event. */
  readonly role: 'SUBJECT' | 'INPUT' | 'OUTPUT';
  /** The lot, or the class, serial or unit where no lot is known. */
  readonly item: string;
  /** The logistic unit that the lot was in. */
  readonly container: string | null;
  readonly traceabilityLotCode: string | null;
  readonly product: string | null;
  readonly productName: string | null;
  /** Brand, net content, packaging, as a partner's master data has them. */
  readonly packaging: string | null;
  readonly commodity: string | null;
  /** Variety of produce, species or market name of fish. */
  readonly variety: string | null;
  readonly quantity: number | null;
  /** UN/ECE Recommendation 20; `EA` for pieces. */
  readonly uom: string | null;
  readonly location: FsmaPlace | null;
  readonly previousSource: FsmaPlace | null;
  readonly nextRecipient: FsmaPlace | null;
  /** Where the lot code was assigned. */
  readonly lotCodeSource: FsmaPlace | null;
  readonly farm: FsmaPlace | null;
  /** Field, pond or other part of the farm. */
  readonly growingArea: string | null;
  readonly harvester: string | null;
  readonly harvesterTelephone: string | null;
  /** A day, or the first and the last joined by `/` (ISO 8601). */
  readonly harvestDate: string | null;
  /** Where fish was caught, by the codes of the event. */
  readonly catchAreas: string | null;
  readonly cooler: FsmaPlace | null;
  readonly coolingDate: string | null;
  /** When what is packed came to the packer. */
  readonly receivedDate: string | null;
  readonly documents: readonly FsmaDocument[];
  /** Key data elements that are asked for and that no event says. */
  readonly missing: readonly string[];
}
