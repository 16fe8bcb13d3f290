import type { SeriesInput } from '../contract/panel.js';
import { seriesPaths, type PathsRequest, type SeriesPaths } from './series-paths.js';

/** Runs the members on every series, in the order given; where it runs is the caller's choice. */
export type PathsRunner = (
  series: readonly SeriesInput[],
  request: PathsRequest,
) => Promise<readonly SeriesPaths[]>;

/** In this thread, one series after the other. */
export const runInline: PathsRunner = async (series, request) =>
  series.map((one) => seriesPaths(one, request));
