import { describe, expect, it } from '@jest/globals';
import { detectLanguage, searchConfigOf } from './language.js';
import { normaliseLine, normaliseText } from './normalise.js';

describe('normal form', () => {
  it('composes letters and drops controls, unseen marks and turns of direction', () => {
    expect(normaliseText('Cafe\u0301\u0000 \u202Elot\u202C\u200b 7\ud800')).toBe('Café lot 7\ufffd');
  });

  it('folds blanks and empty lines', () => {
    expect(normaliseText(' a\u00a0\t b \r\n\r\n\r\n c\u2028d ')).toBe('a b\n\nc\nd');
    expect(normaliseLine('a\n\nb')).toBe('a b');
  });

  it('is the same the second time', () => {
    for (const text of ['e\u0301\u200b\u0301', 'a \n \n \n b', '\u0085\u0085\u0085x', '\ud83d\ude00\u200d']) {
      expect(normaliseText(normaliseText(text))).toBe(normaliseText(text));
    }
  });
});

describe('language', () => {
  it.each([
    ['en', 'The establishment is recalling ground beef that may be contaminated with bacteria.'],
    ['de', 'Die Charge wurde wegen Verdacht auf Salmonellen vom Markt genommen und vernichtet.'],
    ['es', 'El producto fue retirado del mercado porque la etiqueta no declara la leche como alérgeno.'],
    [
      'fr',
      'Le produit a été retiré de la vente car la chaîne du froid a été interrompue pendant le transport.',
    ],
    ['und', 'Lot 7'],
    ['und', '0123456789 0123456789 0123456789'],
  ])('%s is told', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('has a search configuration, and a plain one where Postgres knows none', () => {
    expect([searchConfigOf('de'), searchConfigOf('ja'), searchConfigOf('constructor')]).toEqual([
      'german',
      'simple',
      'simple',
    ]);
  });
});
