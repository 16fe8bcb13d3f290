import { describe, expect, it } from '@jest/globals';
import type { TextEntityRow } from '../../network/text-types.js';
import { markedParts } from './marked-parts.js';

const entity = (start: number, end: number): TextEntityRow => ({
  ...{ type: 'LOT', field: 'BODY', start, end, surface: '', value: '', confidence: 1 },
  ...{ uri: null, uriConfidence: null },
});

describe('markedParts', () => {
  it('cuts a text at entities and masked places', () => {
    const parts = markedParts('lot L7 seen by [PERSON].', [entity(4, 6)]);
    expect(parts.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'PLAIN lot ',
      'ENTITY L7',
      'PLAIN  seen by ',
      'MASKED [PERSON]',
      'PLAIN .',
    ]);
  });

  it('gives the text back whatever offsets the entities have', () => {
    const text = '<b>lot</b> [EMAIL]';
    for (const entities of [[entity(0, 5), entity(3, 9)], [entity(-1, 4)], [entity(2, 99)], [entity(5, 5)]])
      expect(
        markedParts(text, entities)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
  });
});
