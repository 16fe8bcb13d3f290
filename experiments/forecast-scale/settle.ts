import { createHash } from 'node:crypto';
import { packForecasts } from '../../libs/forecasting/src/shards/packed-forecasts.js';
import { packHistory } from '../../libs/forecasting/src/shards/packed-history.js';
import type { ApartShard, SettleRequest } from '../../libs/forecasting/src/shards/settle.js';
import { SettleThread } from '../../libs/forecasting/src/shards/settle-thread.js';
import { periodIndex } from '../../libs/forecasting/src/series/periods.js';
import { MONTHS, SIZES } from './panel.js';

// What memory the thread needs that brings sums and parts together, its shards being drawn anew each time that it asks for one.
//   node settle.js <size> [one of how many products is new]

const MIB = 2 ** 20;
const SHARD = 1_000;
const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
const END = periodIndex(Date.parse('2026-01-01'), 'monthly');
const GROUPS = 20;
const NEW_MONTHS = 15;
const WANTED = [
  { end: END - 24, steps: 12, levels: [0.5] },
  { end: END - 12, steps: 12, levels: [0.5] },
  { end: END, steps: 12, levels: LEVELS },
];

const [size = '10000', newOneOf = '0'] = process.argv.slice(2);
const { products, sites } = SIZES[size] ?? { products: Number(size) / 1_000, sites: 1_000 };
const leaves = products * sites;
const series = leaves + products + sites + GROUPS + 1;

/** Places in an order that tells nothing of what they are, as ids do. */
const STRIDE = 1_000_003;
const rowAt = (at: number) => {
  const number = (at * STRIDE) % series;
  const id = `0x${createHash('sha256').update(String(number)).digest('hex')}`;
  const none = { id, partner: '0xa', product: null, site: null, productGroup: null, country: null };
  if (number < leaves) {
    const product = Math.floor(number / sites);
    const row = { product: `p${product}`, site: `s${number % sites}`, productGroup: `g${product % GROUPS}` };
    return {
      ...none,
      ...row,
      grain: 'PRODUCT_SITE',
      isNew: Number(newOneOf) > 0 && number % Number(newOneOf) === 0,
    };
  }
  const sum = number - leaves;
  if (sum < products) return { ...none, grain: 'PRODUCT', product: `p${sum}`, isNew: false };
  if (sum < products + sites) return { ...none, grain: 'SITE', site: `s${sum - products}`, isNew: false };
  if (sum < series - leaves - 1)
    return { ...none, grain: 'GROUP', productGroup: `g${sum - products - sites}`, isNew: false };
  return { ...none, grain: 'TOTAL', isNew: false };
};

let state = 1;
const drawn = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
const path = (length: number): Float64Array => Float64Array.from({ length }, () => 10 + 10 * drawn());

function shardAt(place: number): ApartShard {
  const rows = Array.from({ length: Math.min(SHARD, series - place * SHARD) }, (_, at) =>
    rowAt(place * SHARD + at),
  );
  state = place + 1;
  const history = packHistory(
    rows.map(({ isNew, ...row }) => {
      const months = isNew ? NEW_MONTHS : MONTHS;
      const start = new Date(Date.UTC(2026, -months, 1)).toISOString().slice(0, 10);
      return { ...row, start, values: path(months) };
    }),
  );
  const forecasts = packForecasts(
    WANTED.map(({ end, steps, levels }) => ({
      end,
      forecasts: rows
        .filter(({ isNew }) => !isNew || END - end < NEW_MONTHS)
        .map(({ id }) => ({
          id,
          method: 'theta',
          mean: path(steps),
          quantiles: levels.map(() => path(steps)),
        })),
    })),
  );
  return { history, forecasts };
}

shardAt(0);
const rest = process.memoryUsage.rss();
const begin = performance.now();
const request: SettleRequest = {
  ...{ forecaster: 'theta', frequency: 'monthly', seasonLength: 12 },
  ...{ series, shards: Math.ceil(series / SHARD), wanted: WANTED },
};
const thread = new SettleThread(request);
let read = 0;
const reconciled = await thread.prepare(async (place) => {
  read += 1;
  return shardAt(place);
});
const digest = createHash('sha256');
for (let place = 0; place < request.shards; place += 1)
  digest.update(await thread.settle(place, shardAt(place).forecasts));
const peak = process.resourceUsage().maxRSS / 1024;
await thread.end();
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({
    ...{ series, method: reconciled?.method, passes: read / request.shards + 1 },
    ...{ restMiB: rest / MIB, peakMiB: peak, kibASeries: ((peak - rest / MIB) * 1024) / series },
    ...{
      seconds: (performance.now() - begin) / 1_000,
      cpuS: (user + system) / 1e6,
      digest: digest.digest('hex').slice(0, 12),
    },
  })}\n`,
);
