import { describe, expect, it } from '@jest/globals';
import { packedForecasts, packForecasts, unpackForecasts } from './packed-forecasts.js';
import { pack, unpack } from './packed.js';

const forecast = (id: string, base: number, levels = 2) => ({
  ...{ id, method: 'ses', mean: Float64Array.of(base, base + 1) },
  quantiles: Array.from({ length: levels }, (_, level) => Float64Array.of(base - level, base + level)),
});

describe('what workers hand each other', () => {
  it('comes back as it was, wherever its bytes lie', () => {
    for (const words of ['', 'a', 'seven letters and more'])
      for (let shift = 0; shift < 9; shift += 1) {
        const bytes = pack({ words }, Float64Array.of(1, NaN, -2.5));
        const place = new Uint8Array(bytes.length + 9);
        place.set(bytes, shift);
        const found = unpack(place.subarray(shift, shift + bytes.length));
        expect(found).toEqual({ head: { words }, numbers: Float64Array.of(1, NaN, -2.5) });
      }
  });

  it('is read one forecast at a time, in any order', () => {
    const moments = [
      { end: 5, forecasts: [forecast('a', 1), forecast('b', 2, 3)] },
      { end: 7, forecasts: [] },
      { end: 9, forecasts: [forecast('c', 4)], isReduced: true },
    ];
    const bytes = packForecasts(moments);
    const [first, none, last] = packedForecasts(bytes);
    expect(last).toMatchObject({ end: 9, isReduced: true, ids: ['c'] });
    expect(last!.forecast(0)).toEqual(forecast('c', 4));
    expect(first!.forecast(1)).toEqual(forecast('b', 2, 3));
    expect(first!.forecast(0)).toEqual(forecast('a', 1));
    expect(none!.ids).toEqual([]);
    expect(unpackForecasts(bytes)).toEqual(moments);
  });
});
