import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import {
  eventHashHex,
  gtin,
  jcsSha256,
  lgtin,
  readDocument,
  sgln,
  gln,
  sgtin,
  validateDocument,
  type EpcisEvent,
} from '@tallyhouse/epcis';
import { disclosure, eventLeaf, merkleTree, sha256Hex, type Hex } from '@tallyhouse/proofs';

const EVENTS = 10_000;
const LEAVES = 100_000;
const ROUNDS = 5;
const RESULTS = 'experiments/epcis-hash/results.json';

/** A shipping event of five serials, or the same with EPC URNs as older systems send them. */
function shippingEvent(index: number, asUrn: boolean): EpcisEvent {
  const product = gtin('9521141', String(index % 500).padStart(5, '0'));
  const serials = [1, 2, 3, 4, 5].map((serial) => `${index}-${serial}`);
  return {
    type: 'ObjectEvent',
    eventTime: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    epcList: serials.map((serial) =>
      asUrn ? `urn:epc:id:sgtin:9521141.0${product.slice(8, 13)}.${serial}` : sgtin(product, serial),
    ),
    quantityList: [{ epcClass: lgtin(product, `L${index % 97}`), quantity: 12.5, uom: 'KGM' }],
    readPoint: { id: sgln(gln('9521141', '00001')) },
    bizLocation: { id: sgln(gln('9521141', '00001')) },
    bizTransactionList: [{ type: 'po', bizTransaction: `urn:epcglobal:cbv:bt:9521141000014:PO-${index}` }],
  };
}

/** Best of several rounds, so that other work on the machine disturbs least; per second. */
function rate(count: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return Math.round((count / best) * 1000);
}

const links = Array.from({ length: EVENTS }, (_, index) => shippingEvent(index, false));
const urns = Array.from({ length: EVENTS }, (_, index) => shippingEvent(index, true));
const text = JSON.stringify({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-31T00:00:00Z',
  epcisBody: { eventList: links },
});
const read = readDocument(text);
if (!read.ok) throw new Error('the measured document cannot be read');
const now = new Date('2026-06-01T00:00:00Z');
const errors = validateDocument(read.document, { now });
if (errors.length > 0) throw new Error(`the measured document is not valid: ${JSON.stringify(errors[0])}`);
const secret = new Uint8Array(32).fill(1);
const leaves = Array.from({ length: LEAVES }, (_, index): Hex =>
  sha256Hex(new TextEncoder().encode(String(index))),
);
const word = leaves[0]!;
const submitter: Hex = `0x${'11'.repeat(20)}`;

const perSecond = {
  eventHashDigitalLink: rate(EVENTS, () => links.forEach((event) => eventHashHex(event))),
  eventHashUrn: rate(EVENTS, () => urns.forEach((event) => eventHashHex(event))),
  jcsSha256: rate(EVENTS, () => links.forEach((event) => jcsSha256(event))),
  readDocument: rate(EVENTS, () => void readDocument(text)),
  validateDocument: rate(EVENTS, () => void validateDocument(read.document, { now })),
  disclosureRoot: rate(1_000, () => links.slice(0, 1_000).forEach((event) => disclosure(event, secret))),
  eventLeaf: rate(EVENTS, () =>
    links.forEach((_, index) =>
      eventLeaf({
        eventHashId: word,
        jcsSha256: word,
        disclosureRoot: word,
        submitter,
        recordTime: BigInt(index),
      }),
    ),
  ),
  merkleTreeLeaves: rate(LEAVES, () => void merkleTree(leaves)),
};
const result = {
  machine: cpus()[0]?.model ?? 'unknown',
  node: process.version,
  events: EVENTS,
  bytesPerEvent: Math.round(text.length / EVENTS),
  leaves: LEAVES,
  perSecondOnOneCore: perSecond,
};
writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(readFileSync(RESULTS, 'utf8'));
