import {
  eventHashHex,
  gln,
  gtin,
  jcsSha256,
  lgtin,
  resolveContext,
  sgln,
  sgtin,
  type EpcisEvent,
} from '@tallyhouse/epcis';
import {
  disclosure,
  fromHex,
  leafOfSchema,
  recordSha256,
  sha256Hex,
  textLeaf,
  textSha256,
  type Hex,
  type JsonObject,
  type ProofBundle,
  type TextBundle,
} from '@tallyhouse/proofs';

export const NAMESPACES = { tally: 'https://tallyhouse.example/epcis/' };
export const RECORDED = Date.UTC(2026, 2, 1, 12) / 1_000;
/** Events of a batch, and which of them the bundles are about. */
export const EVENTS = 5;
export const SHOWN_EVENT = 2;
/** An event that corrects another: an errorDeclaration is bound by all but the Event Hash ID. */
export const CORRECTING_EVENT = 3;
const PRODUCT = gtin('9521141', '00001');

export type NamedLeaf = Extract<ProofBundle['leaf'], { jcsSha256: Hex }>;

/** An event with values of every kind, told apart by its number. */
export function eventOf(index: number): EpcisEvent {
  return {
    type: 'ObjectEvent',
    eventTime: `2026-03-01T08:0${index}:00.000Z`,
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    epcList: [sgtin(PRODUCT, `${index}A`), sgtin(PRODUCT, `${index}B`)],
    quantityList: [{ epcClass: lgtin(PRODUCT, 'L7'), quantity: 12.5 + index, uom: 'KGM' }],
    readPoint: { id: sgln(gln('9521141', '00001')) },
    bizTransactionList: [],
    'tally:remark': 'Zürich → “dock 3” 🚚',
    'tally:sealed': true,
    'tally:note': null,
    ...(index === CORRECTING_EVENT && {
      errorDeclaration: { declarationTime: '2026-03-01T10:00:00.000Z', reason: 'did_not_occur' },
    }),
  } as EpcisEvent;
}

export const secretOf = (index: number): Hex => sha256Hex(new TextEncoder().encode(`vector secret ${index}`));

export function eventLeafOf(index: number, submitter: Hex): NamedLeaf {
  const event = eventOf(index);
  return {
    eventHashId: eventHashHex(event, resolveContext([NAMESPACES])),
    jcsSha256: jcsSha256(event),
    disclosureRoot: disclosure(event as unknown as JsonObject, fromHex(secretOf(index))).root,
    submitter,
    recordTime: RECORDED,
  };
}

/** Leaves of a batch of events, in the form that the schema names. */
export function eventLeaves(schemaId: Hex, submitter: Hex, count = EVENTS): Hex[] {
  return Array.from({ length: count }, (_, index) =>
    leafOfSchema(schemaId, {
      ...{ ...eventLeafOf(index, submitter), recordTime: BigInt(RECORDED), secret: secretOf(index) },
    })!,
  );
}

/** A text, told apart by its number. */
export function textOf(index: number, partner: Hex): Pick<TextBundle, 'text' | 'record'> {
  const [title, body] = [
    `Complaint ${index}`,
    `Zwölf cartons of lot L7 came in wet.\n\n“Seal ${index}” was broken. 🚚`,
  ];
  return {
    text: `${title}\n\n${body}`,
    record: {
      partner,
      kind: 'COMPLAINT',
      source: 'API',
      reference: `complaint-${index}`,
      writtenAt: `2026-03-01T09:0${index}:00.000Z`,
    },
  };
}

export function textLeafOf(index: number, partner: Hex, submitter: Hex): TextBundle['leaf'] {
  const { text, record } = textOf(index, partner);
  const words = textSha256('', text);
  return {
    textSha256: words,
    recordSha256: recordSha256({ ...record, textSha256: words }),
    submitter,
    recordTime: RECORDED,
  };
}

export function textLeaves(partner: Hex, submitter: Hex, count: number): Hex[] {
  return Array.from({ length: count }, (_, index) =>
    textLeaf({ ...textLeafOf(index, partner, submitter), recordTime: BigInt(RECORDED) }),
  );
}
