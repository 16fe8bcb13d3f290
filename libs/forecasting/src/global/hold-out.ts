import { floatsOf, type Session } from '@tallyhouse/compute';
import type { Panel } from '../contract/panel.js';
import { Batch, sourcesOf } from './batches.js';
import { TRAINED_LEVELS, type GlobalConfig } from './config.js';
import { targetsAfter, windowBefore, type Window } from './windows.js';

/**
 * Rows of every call of the engine, whatever is asked: an engine may add up in another order where there are more or fewer rows,
 * and what a series is told must not depend on how many are beside it.
 */
const ROWS = 64;

/**
 * The network's quantiles for each window: [horizon · levels] numbers a window, scaled.
 */
export async function scaledQuantiles(
  session: Session,
  windows: readonly Window[],
  config: GlobalConfig,
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  const width = config.horizon * TRAINED_LEVELS.length;
  for (let begin = 0; begin < windows.length; begin += ROWS) {
    const chunk = windows.slice(begin, begin + ROWS);
    const batch = new Batch(config, ROWS);
    for (const window of chunk) batch.add(window);
    const flat = floatsOf(await session.run(batch.inputs()), 'quantiles');
    for (let row = 0; row < chunk.length; row++) rows.push(flat.slice(row * width, (row + 1) * width));
  }
  return rows;
}

/** For each trained level, actual − quantile of every value that training held out, scaled. */
export async function heldOutErrors(
  session: Session,
  panel: Panel,
  config: GlobalConfig,
): Promise<number[][]> {
  const cases = sourcesOf(panel, config).flatMap(({ values, firstPeriod, to }) => {
    const window = to < values.length ? windowBefore(values, to, firstPeriod, config) : undefined;
    return window ? [{ window, ...targetsAfter(values, to, values.length, window, config.horizon) }] : [];
  });
  const rows = await scaledQuantiles(
    session,
    cases.map(({ window }) => window),
    config,
  );
  return TRAINED_LEVELS.map((_, level) =>
    cases.flatMap(({ targets, weights }, row) =>
      [...targets].flatMap((target, step) =>
        weights[step] === 1 ? [target - rows[row]![step * TRAINED_LEVELS.length + level]!] : [],
      ),
    ),
  );
}
