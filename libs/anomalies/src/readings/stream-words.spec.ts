import { describe, expect, it } from '@jest/globals';
import { streamWords } from './stream-words.js';

const STREAM = {
  partner: '0xa',
  source: 'urn:x',
  sourceIsDevice: true,
  kind: 'Temperature',
  component: '',
  substance: '',
};

describe('words for readings that stand out', () => {
  it('name the quantity, its unit as people write it, and how far it is from what was usual', () => {
    const alarm = { at: { timeMs: 0, value: 11.26, eventId: 'e' }, usual: 4.4951, novelty: 3.71828 };
    expect(streamWords({ ...STREAM, uom: 'CEL' }, alarm)).toBe(
      'Temperature 11.26 °C, where about 4.495 °C was usual: the last readings are unlike any stretch before them, 3.718 times as far as is usual.',
    );
    expect(streamWords({ ...STREAM, uom: 'XYZ' }, alarm)).toContain('11.26 XYZ');
    expect(streamWords({ ...STREAM, uom: '' }, alarm)).toContain('11.26, where');
  });
});
