import { describe, expect, it } from '@jest/globals';
import { deflateRawSync } from 'node:zlib';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { decodePayload, encodePayload, MAX_UNFOLDED_BYTES, PAYLOAD_FORMAT } from './payload.js';

const event = (index: number) => ({
  recordTime: '2026-03-01T08:00:00.123Z',
  secret: Buffer.alloc(32, index).toString('base64'),
  captureJob: '00000000-0000-4000-8000-000000000001',
  namespaces: { tally: 'https://tallyhouse.example/epcis/' },
  body: { type: 'ObjectEvent', eventTime: '2026-03-01T08:00:00Z', 'tally:remark': `Zürich ${index}` },
});
const folded = (value: unknown): Buffer => deflateRawSync(JSON.stringify(value));

describe('a payload', () => {
  it('gives back what was put in, in order, with names or with a hash where names are not known', () => {
    const { namespaces: _, ...rest } = event(2);
    const unknown = { ...rest, namespaces: null, eventHashId: `0x${'ab'.repeat(32)}` };
    const events = [event(0), event(1), unknown] as unknown as Parameters<typeof encodePayload>[0];
    expect(decodePayload(encodePayload(events))).toEqual(events);
  });

  it('that unfolds beyond the bound is refused before it is whole in memory', () => {
    const bomb = deflateRawSync(Buffer.alloc(MAX_UNFOLDED_BYTES + 1, 0x20));
    expect(bomb.length).toBeLessThan(20_000);
    expect(() => decodePayload(bomb)).toThrow(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }));
  });

  const row = (): unknown[] => ['2026-03-01', event(1).secret, event(1).captureJob, {}, event(1).body];
  it.each([
    ['no compression', Buffer.from('nothing')],
    ['no JSON', deflateRawSync('{"')],
    ['another format', folded(['tallyhouse-payload/2'])],
    ['no list', folded({ 0: PAYLOAD_FORMAT })],
    ['an event that is none', folded([PAYLOAD_FORMAT, 'event'])],
    ['a short secret', folded([PAYLOAD_FORMAT, row().with(1, 'AAAA')])],
    ['a namespace that is no text', folded([PAYLOAD_FORMAT, row().with(3, { a: 1 })])],
    ['a body without time', folded([PAYLOAD_FORMAT, row().with(4, {} as EpcisEvent)])],
    ['bytes that are no UTF-8', deflateRawSync(Buffer.from([0x22, 0xff, 0x22]))],
  ])('of %s is refused', (_, payload) => {
    expect(() => decodePayload(payload)).toThrow(expect.objectContaining({ code: 'PAYLOAD_UNREADABLE' }));
  });
});
