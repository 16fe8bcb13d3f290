import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256Hex } from '@tallyhouse/proofs';
import type { Panel } from '../contract/panel.js';
import type { CovariatePanel } from '../covariates/covariate-panel.js';
import { ApartError } from './apart.errors.js';
import { forecastApart } from './forecast-apart.js';

const PANEL: Panel = {
  frequency: 'weekly',
  seasonLength: 52,
  series: [{ id: 'one', start: '2026-01-05', values: new Float64Array([1, 2, 3]) }],
};
const LEVELS = [0.1, 0.5, 0.9];

/** Answers as the artifact says, the way that a real candidate's process would. */
const ECHO = `process.on('message', ({ artifact, panel, horizon, levels }) => {
  const value = artifact[0];
  const path = () => Float64Array.from({ length: horizon }, () => value);
  const forecasts = panel.series.map(({ id }) => ({ id, mean: path(), quantiles: levels.map(path), method: 'echo' }));
  process.send({ forecasts });
});`;

describe('forecastApart', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'tallyhouse-apart-'))));
  afterAll(() => rm(folder, { recursive: true }));

  /** Forecasts two steps in a process that runs `code`. */
  const predict = async (code: string, timeoutMs = 20_000, residentMb = 2_048) => {
    const entry = join(folder, `${sha256Hex(new TextEncoder().encode(code))}.mjs`);
    await writeFile(entry, code);
    const { forecaster, stop } = forecastApart(new Uint8Array([7]), 'echo', {
      timeoutMs,
      residentMb,
      heapMb: 64,
      entry,
    });
    try {
      const fitted = await forecaster.fit(PANEL, {} as never);
      await fitted.predict(2, LEVELS);
      return await fitted.predict(2, LEVELS);
    } finally {
      await stop();
    }
  };

  it('gives what the process forecast, arrays of numbers still being arrays of numbers', async () => {
    const [forecast] = await predict(ECHO);
    expect(forecast).toMatchObject({ id: 'one', method: 'echo', mean: new Float64Array([7, 7]) });
    expect(forecast!.quantiles).toHaveLength(3);
  }, 30_000);

  it('is shown the covariates of the panel, as numbers still', async () => {
    const entry = join(folder, 'told.mjs');
    await writeFile(entry, ECHO.replace('artifact[0]', 'panel.series[0].covariates[0].at(-1)'));
    const bounds = { timeoutMs: 20_000, heapMb: 64, entry };
    const { forecaster, stop } = forecastApart(new Uint8Array([7]), 'echo', bounds);
    const series = PANEL.series.map((one) => ({ ...one, covariates: [Float64Array.of(1, 1, 1, 2.5)] }));
    const told: CovariatePanel = { ...PANEL, covariates: [{ name: 'price', kind: 'relative' }], series };
    try {
      const [forecast] = await (await forecaster.fit(told, {} as never)).predict(2, LEVELS);
      expect(forecast!.mean).toEqual(new Float64Array([2.5, 2.5]));
    } finally {
      await stop();
    }
  }, 30_000);

  it('says why a candidate refused', async () => {
    const refuses = `process.once('message', () => process.send({ refusal: 'it needs more history' }));`;
    await expect(predict(refuses)).rejects.toThrow(new ApartError('it needs more history'));
  }, 30_000);

  it('shows it nothing of what the worker was started with', async () => {
    // What systems put into every process is no setting of ours.
    const names = `Object.keys(process.env).filter((name) => !/^(NODE_CHANNEL_|__CF_)/.test(name))`;
    const looks = `process.once('message', () => process.send({ refusal: 'sees ' + JSON.stringify(${names}) }));`;
    await expect(predict(looks)).rejects.toThrow(new ApartError('sees []'));
  }, 30_000);

  it('stops one that does not end, however it holds on', async () => {
    const holds = `process.on('SIGTERM', () => {}); process.once('message', () => { for (;;); });`;
    await expect(predict(holds, 1_500)).rejects.toThrow(/longer than 1.5 seconds and was stopped/);
  }, 30_000);

  it('outlives one that takes all the memory it may have', async () => {
    const eats = `process.once('message', () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); });`;
    await expect(predict(eats)).rejects.toThrow(/ended with .* before it answered; it may need more memory/);
  }, 30_000);

  it('stops one that takes memory beside its objects, as weights do', async () => {
    const fills = `process.once('message', () => { const all = [];
      setInterval(() => all.push(Buffer.alloc(32 << 20, 1)), 10); });`;
    await expect(predict(fills, 20_000, 256)).rejects.toThrow('it held more than 256 MiB of memory');
  }, 30_000);

  it('takes no forecast that could not be scored', async () => {
    const crossing = ECHO.replace('levels.map(path)', 'levels.map((level) => path().fill(-level))');
    await expect(predict(crossing)).rejects.toThrow(/quantiles that cross/);
    const short = ECHO.replace('length: horizon', 'length: 1');
    await expect(predict(short)).rejects.toThrow(/1 steps for a horizon of 2/);
  }, 30_000);
});
