import { describe, expect, it } from '@jest/globals';
import { parseStatement } from './parse-statement.js';
import { statedCovariates } from './stated-covariates.js';
import { STOCK_OUT, type CovariateStatement, type GivenStatement } from './statement.js';
import { rootWithStatements } from './statements-root.js';

const NOW = new Date('2026-02-01T10:00:00Z');
const GIVEN: GivenStatement = {
  ...{ covariate: 'price', product: '9521141012345', from: '2026-03-01', to: '2026-03-31', value: '2.49' },
};

describe('a statement', () => {
  it('names product and site as series do, and is said now for all sites unless it says otherwise', () => {
    expect(parseStatement(GIVEN, NOW)).toEqual({
      ...{ name: 'price', product: 'https://id.gs1.org/01/09521141012345', site: null },
      ...{ firstDay: '2026-03-01', lastDay: '2026-03-31', value: 2.49, saidAt: NOW },
    });
    const placed = { ...GIVEN, site: '9521141000014', said: '2026-01-15', value: 'north' };
    expect(parseStatement(placed, NOW)).toMatchObject({
      ...{ site: 'https://id.gs1.org/414/9521141000014', value: 'north', saidAt: new Date('2026-01-15') },
    });
  });

  it('of a stock-out is the share of the days in which the shelf was empty', () => {
    const out = { ...GIVEN, covariate: STOCK_OUT };
    for (const value of ['0', '0.5', '1'])
      expect(parseStatement({ ...out, value }, NOW)).toMatchObject({ name: STOCK_OUT, value: Number(value) });
    for (const value of ['yes', '-0.1', '7'])
      expect(parseStatement({ ...out, value }, NOW)).toEqual({
        field: 'value',
        reason: expect.stringContaining('is no share of the days from 0 to 1; write 1'),
      });
  });

  it.each<[string, Partial<GivenStatement>, string]>([
    ['covariate', { covariate: '<script>' }, 'is no name; write a word such as price'],
    ['product', { product: '9521141012346' }, 'the last digit does not fit the others'],
    ['product', { product: 'cheese' }, 'names nothing; write the digits of a GTIN'],
    ['product', { product: '(01)x' }, 'names nothing'],
    ['site', { site: 'urn:epc:id:sgtin:9521141.012345.7' }, 'names goods and no place'],
    ['from', { from: '1.3.2026' }, 'is no day; write 2026-03-01'],
    ['from', { from: '2026-02-30' }, 'is no day'],
    ['to', { to: '2026-02-01' }, 'is before 2026-03-01'],
    ['to', { to: '2046-02-01' }, 'at most 3660 are said at once'],
    ['from', { from: '0026-03-01' }, 'look for a slip'],
    ['value', { value: '' }, 'is empty'],
    ['value', { value: '1e300' }, 'is larger than'],
    ['value', { value: 'x'.repeat(81) }, 'at most 80 characters'],
    ['said', { said: '2026-02-02' }, 'is yet to come'],
    ['said', { said: 'soon' }, 'is no time'],
  ])('is refused by its field %s, with what to write: %j', (field, change, reason) => {
    expect(parseStatement({ ...GIVEN, ...change }, NOW)).toEqual({
      field,
      reason: expect.stringContaining(reason),
    });
  });
});

const kept = (name: string, value: number | string, seq: number): CovariateStatement => ({
  ...{ seq, name, value, partner: '0xa', product: 'p', site: null, saidBy: 'x', saidAt: NOW },
  ...{ firstDay: '2026-01-01', lastDay: '2026-01-31' },
});
const STATED = [kept('price', 2, 1), kept('price', 3, 2), kept('price', 4, 3), kept('promotion', 1, 4)];

describe('statements', () => {
  it('say what kinds of covariates there are', () => {
    expect(statedCovariates([...STATED, kept('supplier', 'north', 5)])).toEqual([
      { name: 'price', kind: 'relative' },
      { name: 'promotion', kind: 'plain' },
      { name: 'supplier', kind: 'category', words: ['north'] },
    ]);
    expect(statedCovariates(STATED, ['promotion'])).toEqual([{ name: 'promotion', kind: 'plain' }]);
    expect(() => statedCovariates(STATED, ['colour'])).toThrow(
      'nobody said anything of "colour"; said was price',
    );
    expect(statedCovariates([...STATED, kept(STOCK_OUT, 1, 5)])).toHaveLength(2);
    expect(() => statedCovariates([kept(STOCK_OUT, 1, 1)], [STOCK_OUT])).toThrow('no partner has said');
    expect(() => statedCovariates([])).toThrow('./tallyhouse import covariates <csv>');
    const many = Array.from({ length: 33 }, (_, at) => kept('supplier', `s${at}`, at));
    expect(() => statedCovariates(many)).toThrow('33 different words');
  });

  it('change the data root with each word of theirs, and none leaves it as it is without covariates', () => {
    const anchored = [`0x${'ab'.repeat(32)}`, `0x${'cd'.repeat(32)}`] as const;
    const root = rootWithStatements(anchored, STATED);
    expect(rootWithStatements(anchored, STATED)).toBe(root);
    const others = [
      [],
      STATED.slice(1),
      [{ ...STATED[1]!, seq: 1 }, { ...STATED[0]!, seq: 2 }, ...STATED.slice(2)],
      [{ ...STATED[0]!, saidBy: 'y' }, ...STATED.slice(1)],
      [{ ...STATED[0]!, saidAt: new Date('2026-01-31') }, ...STATED.slice(1)],
    ];
    for (const other of others) expect(rootWithStatements(anchored, other)).not.toBe(root);
  });
});
