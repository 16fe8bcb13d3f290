import { describe, expect, it } from '@jest/globals';
import { normaliseText } from '../normalise.js';
import { maskPersonalData } from './mask.js';

const masked = (text: string): string => maskPersonalData(text).text;

describe('masking', () => {
  it.each([
    ['write to jo.o-neil+qa@mail.example.co.uk today', 'write to [EMAIL] today'],
    ['müller@bücher.example', '[EMAIL]'],
    ['paid by 4111 1111 1111 1111, thanks', 'paid by [CARD], thanks'],
    ['refund to DE89 3704 0044 0532 0130 00.', 'refund to [IBAN].'],
    ['SSN 078-05-1120', 'SSN [NATIONAL_ID]'],
    ['CPF 529.982.247-25', 'CPF [NATIONAL_ID]'],
    ['DNI 12345678Z', 'DNI [NATIONAL_ID]'],
    ['NI number AB 12 34 56 C', 'NI number [NATIONAL_ID]'],
    ['BSN: 111222333', 'BSN: [NATIONAL_ID]'],
    ['passport no. X1234567', 'passport no. [NATIONAL_ID]'],
    ['call (800) 555-0199 or +49 30 901820', 'call [PHONE] or [PHONE]'],
    ['Tel.: 030 / 90 18 20', 'Tel.: [PHONE]'],
    ['seen by Dr. María López-Vega and the driver', 'seen by Dr. [PERSON] and the driver'],
    ['Reported by: John Q. Public at dock 4', 'Reported by: [PERSON] at dock 4'],
    ['from IP 10.0.0.12', 'from IP [IP_ADDRESS]'],
  ])('puts a sign for what a person is known by: %s', (text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  it.each([
    'UPC 0-86069-20510-5, lot 040115-050616',
    'lot 4111111111111111 was shipped',
    'GTIN 09521141012345 and SSCC 095211410000000014',
    'https://id.gs1.org/01/09521141012345/10/4111111111111111',
    'best before 12-05-2016, made 2016-01-02, 2,574 pounds',
    'EST. M5497+V5497 of Adams Farm Slaughterhouse, LLC',
    '4111 1111 1111 1112 fails its check',
    'code 123-456-7890',
    'Inspector found water on the floor',
    'contact time of Chlorine',
  ])('leaves identifiers of goods, dates and firms: %s', (text) => {
    expect(masked(text)).toBe(text);
  });

  it('counts by kind, keeps nothing of what it found, and does nothing the second time', () => {
    const { text, masked: counts } = maskPersonalData('a@b.example, c@d.example, Mr Smith');
    expect(counts).toEqual({ EMAIL: 2, PERSON: 1 });
    expect(maskPersonalData(text)).toEqual({ text, masked: {} });
  });

  it('is not fooled by marks that nobody sees once the text is normalised', () => {
    expect(masked(normaliseText('jo\u200b@exam\u00adple.org'))).toBe('[EMAIL]');
  });

  it('ends soon on long runs of what it looks for', () => {
    for (const part of ['1', 'a', 'A', ' ', '1 ', 'a.', 'Mr ', '@', '+1', 'DE89 ', 'Xx-']) {
      const started = process.hrtime.bigint();
      masked(part.repeat(20_000 / part.length));
      expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(2);
    }
  });
});
