import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  documentOf,
  faultyShipment,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  shipments,
  type TestStore,
} from '../../test/capture-kit.js';
import { CaptureDocumentReader } from '../read/capture-document.reader.js';
import { CaptureService } from './capture.service.js';
import type { CaptureOptions } from './capture.types.js';

const rollback: CaptureOptions = { partner: PARTNER, errorBehaviour: 'ROLLBACK' };

jest.setTimeout(120_000);

describe('a captured document', () => {
  let store: TestStore;
  let captures: CaptureService;
  let reader: CaptureDocumentReader;
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
    reader = new CaptureDocumentReader(store.source);
  }, 120_000);
  afterAll(() => store.close());
  beforeEach(() => store.rows('TRUNCATE capture_document CASCADE'));

  /** Odd spacing, numbers and escapes that parsing and writing again would change. */
  const oddly = (from: number, count: number): Buffer => {
    const text = JSON.stringify(documentOf(shipments(from, count)), null, '\t ');
    return Buffer.from(`\n${text.replace('ObjectEvent', '\\u004fbjectEvent')}  \r\n`);
  };
  async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const kept = async (job: string): Promise<Buffer> => {
    const [found] = await reader.ofJobs([job]);
    const parts: Buffer[] = [];
    for await (const part of reader.bytes(found!.documentId)) parts.push(part);
    return Buffer.concat(parts);
  };

  it('is kept byte for byte with its media type and digest, taken whole or in pieces of any size', async () => {
    const bytes = oddly(0, 2);
    const { id } = await captures.capture(bytes, {
      ...rollback,
      mediaType: 'application/ld+json; charset=utf-8',
    });
    expect((await kept(id)).equals(bytes)).toBe(true);
    expect(await reader.ofJobs([id])).toMatchObject([
      {
        mediaType: 'application/ld+json; charset=utf-8',
        bytes: String(bytes.length),
        sha256: `0x${createHash('sha256').update(bytes).digest('hex')}`,
        partner: PARTNER.toLowerCase(),
      },
    ]);
    const wide = `[${' '.repeat(2.5 * 2 ** 20)}`;
    const long = Buffer.from(String(oddly(10, 2)).replace(/(?<="eventList": )\[/, wide));
    for (const size of [1_000, 2 ** 20, 3 * 2 ** 20]) {
      const streamed = await captures.captureStream(pieces(long, size), {
        ...rollback,
        mediaType: 'application/json',
      });
      expect((await kept(streamed.id)).equals(long)).toBe(true);
    }
    expect(await store.count('capture_document')).toBe(2);
    expect(await store.count('capture_document_piece')).toBe(1 + 3);
  });

  it('that is sent again is kept once for a partner, at the same time too', async () => {
    const bytes = oddly(20, 3);
    const outcomes = await Promise.all([
      captures.capture(bytes, rollback),
      captures.captureStream(pieces(bytes, 100), rollback),
      captures.capture(bytes, rollback),
    ]);
    for (const { id } of outcomes) expect((await kept(id)).equals(bytes)).toBe(true);
    expect(await store.count('capture_document')).toBe(1);
    await captures.capture(bytes, { ...rollback, partner: OTHER_PARTNER });
    expect(await store.count('capture_document')).toBe(2);
    expect(await store.count('capture_document_piece')).toBe(2);
  });

  it('leaves nothing when it is refused, breaks off, or was parsed before it came', async () => {
    const faulty = Buffer.from(JSON.stringify(documentOf([...shipments(30, 1), faultyShipment(31)])));
    const outcomes = [
      await captures.capture(faulty, rollback),
      await captures.captureStream(pieces(faulty, 64), rollback),
      await captures.captureStream(pieces(oddly(40, 2).subarray(0, 900), 64), rollback),
      await captures.capture(documentOf(shipments(50, 1)), rollback),
    ];
    expect(outcomes.map(({ stored }) => stored)).toEqual([0, 0, 0, 1]);
    expect(await reader.ofJobs(outcomes.map(({ id }) => id))).toEqual([]);
    expect(await store.count('capture_document_piece')).toBe(0);
  });
});
