import { describe, expect, it } from '@jest/globals';
import { extractEntities } from './extract-entities.js';
import { recallCriteriaOf } from './recall-criteria.js';

const found = (text: string): string[] => extractEntities(text).map(({ type, value }) => `${type} ${value}`);

describe('entities', () => {
  it.each([
    ['lots 82 through 96 and sell by dates of 04/05/2017', ['LOT 82', 'LOT 96', 'BEST_BEFORE 2017-04-05']],
    ['batch no. AB-12, AB-13; serial number SN998', ['LOT AB-12', 'LOT AB-13', 'SERIAL SN998']],
    ['UPC 0-86069-20510-5', ['GTIN 00086069205105']],
    [
      'pallet SSCC 0 9521141 000000001 4 at GLN 9521141000014',
      ['SSCC 095211410000000014', 'GLN 9521141000014'],
    ],
    ['scanned 095211410000000014 twice', ['SSCC 095211410000000014']],
    ['Best if used by: 2026-02-01 through 2026-03-15', ['BEST_BEFORE 2026-02-01', 'BEST_BEFORE 2026-03-15']],
    ['production date 10/18/16, received on 3 Nov 2016', ['MADE 2016-10-18', 'RECEIVED 2016-11-03']],
    ['enjoy by march 5th 2014', ['BEST_BEFORE 2014-03-05']],
    ['sell by: 5/18 5/19', ['BEST_BEFORE --05-18', 'BEST_BEFORE --05-19']],
    ['approximately 2,574 pounds in 40 cartons', ['QUANTITY 2574 LBR', 'QUANTITY 40 cartons']],
    ['6 x 25 fl oz, 1 lb 2 oz, half gallon', ['QUANTITY 150 OZA', 'QUANTITY 1.125 LBR', 'QUANTITY 0.5 GLL']],
    ['EST. M5497 in Dayton, Ohio', ['SITE M5497', 'PLACE dayton, ohio']],
  ])('of %s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('name firm, place and goods of a recall', () => {
    expect(
      found(
        'Hill Farms, Inc. of Austin, Texas is recalling frozen chicken burritos because they may contain plastic',
      ),
    ).toEqual(
      expect.arrayContaining([
        'FIRM hill farms, inc.',
        'PLACE austin, texas',
        'PRODUCT frozen chicken burritos',
      ]),
    );
  });

  it('with a wrong check digit are kept with half the confidence and no product is made of them', () => {
    const [entity] = extractEntities('GTIN 09521141012346');
    expect(entity).toMatchObject({ type: 'GTIN', value: '09521141012346', confidence: 0.5 });
    expect(found('the number 09521141012346 is of nothing')).toEqual([]);
  });

  it('do not take an impossible date, an address or a plain number', () => {
    expect(found('sold 31/02/2016')).toEqual([]);
    expect(found('see https://id.gs1.org/01/09521141012345/10/AB1')).toEqual([]);
    expect(found('in 2016 we had 12 of them')).toEqual([]);
  });

  it('never overlap, lie inside the text and say what stands there, whatever the text', () => {
    const parts = [
      'lot ',
      '12/12/12 ',
      'upc ',
      '0123456789012',
      ' x ',
      'best by ',
      ' inc',
      ' & ',
      '5 lb ',
      '(',
      'may ',
      '\n',
      'é',
    ];
    for (let seed = 1; seed < 300; seed += 1) {
      const text = Array.from(
        { length: 40 },
        (_, i) => parts[(seed * 31 + i * i * 17 + i * seed) % parts.length],
      ).join('');
      let end = 0;
      for (const entity of extractEntities(text)) {
        expect(entity.start).toBeGreaterThanOrEqual(end);
        expect(text.slice(entity.start, entity.end)).toBe(entity.surface);
        ({ end } = entity);
      }
    }
  });

  it('are found in long hostile runs in little time', () => {
    for (const part of [
      'a ',
      '1 ',
      'lot 1 ',
      'may ',
      '1/',
      'a.',
      'x & ',
      'is recalling a ',
      'upc 1',
      '((',
      'may contain ',
    ]) {
      const started = process.hrtime.bigint();
      extractEntities(part.repeat(20_000 / part.length));
      expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(10);
    }
  });
});

describe('recall criteria', () => {
  it('gather products, lots and the days between, and what the index does not know', () => {
    const text = 'Hill Farms Inc recalls UPC 0-86069-20510-5, lots A1 and A2, best by 2026-02-01 to 2026-03';
    const linked = extractEntities(text).map((entity) => ({
      ...entity,
      uri: entity.type === 'GTIN' ? `https://id.gs1.org/01/${entity.value}` : null,
      uriConfidence: null,
    }));
    expect(recallCriteriaOf(linked)).toMatchObject({
      products: ['https://id.gs1.org/01/00086069205105'],
      lots: ['A1', 'A2'],
      bestBefore: { from: '2026-02-01', to: '2026-03-31' },
      unresolved: expect.arrayContaining(['Hill Farms Inc']),
    });
  });

  it('of a text that names nothing have no confidence', () => {
    expect(recallCriteriaOf([]).confidence).toBe(0);
  });
});
