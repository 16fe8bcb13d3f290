import type { JsonLdContext } from './document/context.js';

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
/** A JSON object; a key whose value is undefined counts as absent. */
export type JsonObject = { [key: string]: JsonValue | undefined };

/** The event types of EPCIS 2.0; an extension's own event type is a URI. */
export type EventType =
  | 'ObjectEvent'
  | 'AggregationEvent'
  | 'AssociationEvent'
  | 'TransactionEvent'
  | 'TransformationEvent';

/** What an event says of its objects: seen, added to or taken from a life or a container. */
export type EventAction = 'OBSERVE' | 'ADD' | 'DELETE';

/** An amount of a class of objects; `uom` is a UN/CEFACT Rec. 20 code, absent for a count of pieces. */
export type QuantityElement = { epcClass: string; quantity?: number; uom?: string };

/** A business document and its CBV type (`po`, `desadv`, ...). */
export type BizTransaction = { type?: string; bizTransaction: string };

/** Where or whom the objects come from, by CBV type (`owning_party`, `possessing_party`, `location`). */
export type Source = { type: string; source: string };

/** Where or to whom the objects go. */
export type Destination = { type: string; destination: string };

/** One reading of a sensor; values in the unit that `uom` names. */
export type SensorReport = JsonObject & { type: string; value?: number; uom?: string; time?: string };

/** Readings of one sensor and what is known of it. */
export type SensorElement = JsonObject & { sensorMetadata?: JsonObject; sensorReport: SensorReport[] };

/** That an earlier event, named by its eventID, was wrong. */
export type ErrorDeclaration = JsonObject & {
  declarationTime: string;
  reason?: string;
  correctiveEventIDs?: string[];
};

/** One EPCIS 2.0 event in its JSON form (GS1 EPCIS 2.0, section 10). Other keys are extensions. */
export type EpcisEvent = JsonObject & {
  type: string;
  /** RFC 3339 with offset. */
  eventTime: string;
  /** `±hh:mm` where the event happened. */
  eventTimeZoneOffset: string;
  recordTime?: string;
  eventID?: string;
  certificationInfo?: string | string[];
  errorDeclaration?: ErrorDeclaration;
  action?: EventAction;
  bizStep?: string;
  disposition?: string;
  persistentDisposition?: { set?: string[]; unset?: string[] };
  epcList?: string[];
  quantityList?: QuantityElement[];
  parentID?: string;
  childEPCs?: string[];
  childQuantityList?: QuantityElement[];
  inputEPCList?: string[];
  inputQuantityList?: QuantityElement[];
  outputEPCList?: string[];
  outputQuantityList?: QuantityElement[];
  transformationID?: string;
  readPoint?: JsonObject & { id: string };
  bizLocation?: JsonObject & { id: string };
  bizTransactionList?: BizTransaction[];
  sourceList?: Source[];
  destinationList?: Destination[];
  sensorElementList?: SensorElement[];
  ilmd?: JsonObject;
};

/** One reason why a capture is refused, in words that the sender can act on. */
export type CaptureError = {
  /** Position of the event in the document, from 0; null when the document itself is at fault. */
  eventIndex: number | null;
  /** JSON Pointer (RFC 6901) from the root of the document. */
  pointer: string;
  /** Name of the rule, stable, for programs. */
  rule: string;
  found: string;
  expected: string;
};

/** A document that was read: its events in order, whatever it was wrapped in. */
export type EpcisDocument = {
  /** A capture document, the answer to a query, or one event alone. */
  kind: 'EPCISDocument' | 'EPCISQueryDocument' | 'event';
  /** The JSON as it was sent. */
  root: JsonObject;
  /** Not yet validated: `validateDocument` says whether they are what their type claims. */
  events: EpcisEvent[];
  /** JSON Pointer to the list of events; '' where the document is one event. */
  eventsPointer: string;
  context: JsonLdContext;
};
