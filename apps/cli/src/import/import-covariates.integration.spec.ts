import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { StatementRepository } from '@tallyhouse/forecasting';
import { openStore, PARTNER, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { importCovariates } from './import-covariates.js';

jest.setTimeout(60_000);

const HEADER = 'covariate,product,site,from,to,value,said';
const GTIN = '9521141012345';

describe('import of covariates on a real database', () => {
  let store: TestStore;
  beforeAll(async () => void (store = await openStore()), 60_000);
  afterAll(() => store.close());

  const now = new Date();
  const importing = (...rows: string[]) =>
    importCovariates(`${[HEADER, ...rows].join('\n')}\n`, {
      dataSource: store.source,
      partner: PARTNER,
      now,
    });

  it('keeps each row with who said it and when, in the order of the file', async () => {
    const found = await importing(
      `price,${GTIN},,2026-03-01,2026-03-31,2.49,2026-02-01`,
      `supplier,${GTIN},9521141000014,2026-03-01,2026-03-31,north,`,
    );
    expect(found).toEqual({ kept: 2, refused: [] });
    const product = 'https://id.gs1.org/01/09521141012345';
    const days = { firstDay: '2026-03-01', lastDay: '2026-03-31' };
    expect(await new StatementRepository(store.source).read()).toEqual([
      {
        ...{
          seq: 1,
          partner: PARTNER.toLowerCase(),
          name: 'price',
          product,
          site: null,
          ...days,
          value: 2.49,
        },
        ...{ saidBy: 'import', saidAt: new Date('2026-02-01') },
      },
      {
        ...{ seq: 2, partner: PARTNER.toLowerCase(), name: 'supplier', product, ...days, value: 'north' },
        ...{ site: 'https://id.gs1.org/414/9521141000014', saidBy: 'import', saidAt: now },
      },
    ]);
  });

  it('keeps nothing of a file with a row that cannot be kept, and names row, field and way out', async () => {
    const found = await importing(
      `price,${GTIN},,2026-04-01,2026-04-30,2.59,`,
      `price,${GTIN},,2026-04-31,2026-04-30,2.59,`,
      `price,cheese,,2026-04-01,2026-04-30,2.59,`,
      `stock_out,${GTIN},,2026-04-01,2026-04-30,1,`,
      `stock_out,${GTIN},,2026-04-01,2026-04-30,7 days,`,
    );
    expect(found).toEqual({
      kept: 0,
      refused: [
        { line: 3, field: 'from', reason: '"2026-04-31" is no day; write 2026-03-01' },
        { line: 4, field: 'product', reason: expect.stringContaining('write the digits of a GTIN') },
        { line: 6, field: 'value', reason: expect.stringContaining('is no share of the days from 0 to 1') },
      ],
    });
    expect(await store.count('covariate_statement')).toBe(2);
  });

  it('keeps nothing where a number becomes a word, or the file is none', async () => {
    const rows = [
      `promotion,${GTIN},,2026-04-01,2026-04-30,1,`,
      `price,${GTIN},,2026-04-01,2026-04-30,dear,`,
    ];
    await expect(importing(...rows)).rejects.toThrow(
      'statement 2, value: "dear" is a word, and "price" was a number so far',
    );
    await expect(importing()).rejects.toThrow('the file has no rows');
    const other = { dataSource: store.source, partner: PARTNER, now };
    await expect(importCovariates('price,value\n1,2\n', other)).rejects.toThrow(
      'line 1: no column covariate',
    );
    expect(await store.count('covariate_statement')).toBe(2);
  });

  it('is never changed and never taken back', async () => {
    for (const change of ['UPDATE covariate_statement SET number = 1', 'DELETE FROM covariate_statement'])
      await expect(store.source.query(change)).rejects.toThrow('is never changed; say it anew');
  });
});
