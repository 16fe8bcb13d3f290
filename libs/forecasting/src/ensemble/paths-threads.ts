import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '@tallyhouse/compute';
import type { SeriesInput } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { runInline, type PathsRunner } from './paths-runner.js';
import type { PathsRequest, SeriesPaths } from './series-paths.js';

const { url, execArgv } = threadEntry(import.meta.url, 'paths-worker');

/** Series of one message: enough to make messages cheap, few enough that no thread waits long for another. */
const BATCH = 16;

function runBatch(
  worker: Worker,
  series: readonly SeriesInput[],
  request: PathsRequest,
): Promise<SeriesPaths[]> {
  return new Promise((resolve, reject) => {
    const failed = (reason: string): void =>
      reject(new ForecastingError('THREAD_FAILED', `a forecasting thread stopped: ${reason}; run it again`));
    const onExit = (code: number): void => failed(`it ended with code ${code}`);
    const onError = (error: Error): void => failed(error.message);
    worker.once('error', onError);
    worker.once('exit', onExit);
    worker.once('message', (paths: SeriesPaths[]) => {
      worker.off('error', onError);
      worker.off('exit', onExit);
      resolve(paths);
    });
    worker.postMessage({ series, request });
  });
}

/**
 * Runs the members in threads of their own, which leaves the caller's event loop free; the answer
 * is the same as in one thread.
 *
 * @param threads by default one a processor
 * @param onProgress told how many series are done, after each batch
 */
export function runInThreads(
  threads = availableParallelism(),
  onProgress?: (done: number, of: number) => void,
): PathsRunner {
  return async (series, request) => {
    const made: SeriesPaths[][] = [];
    let next = 0;
    let done = 0;
    const drain = async (worker: Worker): Promise<void> => {
      while (next * BATCH < series.length) {
        const batch = next++;
        const part = series.slice(batch * BATCH, (batch + 1) * BATCH);
        made[batch] = await runBatch(worker, part, request);
        onProgress?.((done += part.length), series.length);
      }
    };
    const count = Math.min(threads, Math.ceil(series.length / BATCH));
    const workers = Array.from({ length: count }, () => new Worker(url, { execArgv }));
    try {
      await Promise.all(workers.map(drain));
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
    return made.flat();
  };
}

/** So few series take less time than threads take to start, and hold no caller up. */
const FEW = 32;

/** In this thread where there are few series, else in threads of their own: for a process that has other things to do. */
export const runWherePaying: PathsRunner = (series, request) =>
  (series.length <= FEW ? runInline : runInThreads())(series, request);
