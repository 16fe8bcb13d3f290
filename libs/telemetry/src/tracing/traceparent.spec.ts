import { describe, expect, it } from '@jest/globals';
import { ClientContexts } from './client-context.js';
import { resourceAttributes } from './resource.js';
import { formatTraceparent, parseTraceparent } from './traceparent.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const SAMPLED = `00-${TRACE}-${SPAN}-01`;

describe('traceparent', () => {
  it('is read and written alike', () => {
    for (const text of [SAMPLED, `00-${TRACE}-${SPAN}-00`])
      expect(formatTraceparent(parseTraceparent(text)!)).toBe(text);
  });

  it('of a later version is read by what it shares with version 00, and its flags by the one we know', () => {
    expect(formatTraceparent(parseTraceparent(`01-${TRACE}-${SPAN}-ff-more`)!)).toBe(SAMPLED);
  });

  it('that is malformed is as if it had not been sent', () => {
    const wrong = [
      ...['', 'x', `00-${TRACE}-${SPAN}`, `00-${TRACE}-${SPAN}-01-more`, `ff-${TRACE}-${SPAN}-01`],
      ...[`00-${'0'.repeat(32)}-${SPAN}-01`, `00-${TRACE}-${'0'.repeat(16)}-01`, SAMPLED.toUpperCase()],
      ...[` ${SAMPLED}`, `${SAMPLED}\n`, `01-${TRACE}-${SPAN}-01-${'x'.repeat(300)}`],
    ];
    for (const text of wrong) expect([text, parseTraceparent(text)]).toEqual([text, undefined]);
  });
});

describe('ClientContexts', () => {
  it('lets clients have fifty requests sampled at once and ten a second, and joins no more of them', () => {
    let nowMs = 0;
    const contexts = new ClientContexts(() => nowMs);
    const granted = (times: number): number =>
      Array.from({ length: times }, () => contexts.parentOf(SAMPLED)).filter((parent) => parent !== null)
        .length;
    expect(granted(200)).toBe(50);
    nowMs += 1_000;
    expect(granted(200)).toBe(10);
    nowMs += 60_000;
    expect(granted(200)).toBe(50);
  });

  it('always takes up a trace that the client does not sample, since that costs nothing', () => {
    const contexts = new ClientContexts(() => 0);
    const unsampled = `00-${TRACE}-${SPAN}-00`;
    const parents = Array.from({ length: 100 }, () => contexts.parentOf(unsampled));
    expect(new Set(parents)).toEqual(new Set([unsampled]));
    expect(contexts.parentOf('nonsense')).toBeNull();
    expect(contexts.parentOf(undefined)).toBeNull();
  });
});

describe('OTEL_RESOURCE_ATTRIBUTES', () => {
  it('is pairs with commas between, percent-encoded, and a malformed pair is left out', () => {
    expect(resourceAttributes('host.name=a%20b, region = eu ,nonsense,=x,bad=%E0%A4%A')).toEqual({
      ...{ 'host.name': 'a b', region: 'eu' },
    });
  });
});
