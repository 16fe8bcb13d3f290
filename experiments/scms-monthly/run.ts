import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { scmsMonthlyBacktest, type MonthlyQuantity } from '@tallyhouse/forecasting';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve('..', 'shared', 'data');
const file = resolve(shared, 'scms-shipments', 'scms_delivery_history.csv.gz');

function deliveries(): MonthlyQuantity[] {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  return rows.map((row) => {
    const [, name = '', year = ''] = (row['Delivered to Client Date'] ?? '').split('-');
    const month = `${MONTHS.indexOf(name) + 1}`.padStart(2, '0');
    return { month: `20${year}-${month}`, quantity: Number(row['Line Item Quantity']) };
  });
}

const result = await scmsMonthlyBacktest(deliveries());
writeFileSync(resolve('experiments/scms-monthly/results.json'), `${JSON.stringify(result, null, 2)}\n`);

const rows = Object.entries(result.test.models).map(([model, { overall }]) => ({
  model: model === result.chosen ? `${model} (chosen)` : model,
  'sMAPE 2010-2013': result.validation.models[model]?.overall.smape?.toFixed(2),
  'sMAPE 2014-01..2015-09': overall.smape?.toFixed(2),
  MASE: overall.mase?.toFixed(3),
  'inside 80 %': overall.coverage['0.8']?.toFixed(2),
}));
console.table(rows);
console.log(result.smape, result.maseOnFixedScale, result.sensitivity);
