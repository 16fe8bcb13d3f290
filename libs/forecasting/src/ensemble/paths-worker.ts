import { parentPort } from 'node:worker_threads';
import type { SeriesInput } from '../contract/panel.js';
import { seriesPaths, type PathsRequest } from './series-paths.js';

// The entry of a thread of paths-threads.ts: takes some series, answers with what the members say of them.

parentPort?.on('message', (task: { series: readonly SeriesInput[]; request: PathsRequest }) => {
  parentPort?.postMessage(task.series.map((one) => seriesPaths(one, task.request)));
});
