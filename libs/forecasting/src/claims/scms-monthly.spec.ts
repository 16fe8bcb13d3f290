import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { seededRandom } from '@tallyhouse/compute';
import { scmsMonthlyBacktest, type MonthlyQuantity } from './scms-monthly.js';

// Two thousand fits a result, on a machine that runs other specs too.
jest.setTimeout(120_000);

const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve(process.cwd(), '../shared/data');
const file = resolve(shared, 'scms-shipments/scms_delivery_history.csv.gz');
const present = existsSync(file);
if (!present) console.warn(`skipped: the SCMS figures, no ${file}`);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function shipments(): MonthlyQuantity[] {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  return rows.map((row) => {
    const [, month, year] = row['Delivered to Client Date']!.split('-');
    const number = MONTHS.indexOf(month!) + 1;
    return {
      month: `20${year}-${`${number}`.padStart(2, '0')}`,
      quantity: Number(row['Line Item Quantity']),
    };
  });
}

function invented(): MonthlyQuantity[] {
  const rng = seededRandom(8);
  return Array.from({ length: 113 }, (_, index) => ({
    month: new Date(Date.UTC(2006, 4 + index, 1)).toISOString().slice(0, 7),
    quantity: Math.round(1000 * (1 + rng.uniform())),
  }));
}

const ofInvented = scmsMonthlyBacktest(invented());

describe('SCMS monthly total', () => {
  (present ? it : it.skip)('the floors are those published and the chosen model is below 40', async () => {
    const { smape, months, test } = await scmsMonthlyBacktest(shipments());
    expect(months).toEqual({ first: '2006-05', last: '2015-09', count: 113 });
    expect(test.folds).toHaveLength(21);
    expect(smape.naive).toBeCloseTo(48.7, 1);
    expect(smape['seasonal-naive']).toBeCloseTo(48.36, 2);
    expect(smape['window-6']).toBeCloseTo(40.0, 1);
    expect(smape.chosen).toBeLessThan(40);
  });

  it('what came after 2013 has no say in the choice', async () => {
    const values = invented();
    const altered = values.map(({ month, quantity }) => ({ month, quantity: month < '2014' ? quantity : 5 }));
    const [plain, other] = [await ofInvented, await scmsMonthlyBacktest(altered)];
    expect(other.chosen).toBe(plain.chosen);
    expect(other.validation).toEqual(plain.validation);
    expect(other.test).not.toEqual(plain.test);
  });

  it('rows of one month add up and their order does not matter', async () => {
    const values = invented();
    const split = values.flatMap(({ month, quantity }) => [
      { month, quantity: quantity - 1 },
      { month, quantity: 1 },
    ]);
    expect(await scmsMonthlyBacktest(split.reverse())).toEqual(await ofInvented);
  });

  it('refuses a history that begins too late', async () => {
    await expect(scmsMonthlyBacktest([{ month: '2013-01', quantity: 1 }])).rejects.toMatchObject({
      code: 'INVALID_PANEL',
    });
  });
});
