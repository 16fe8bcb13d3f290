import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '@tallyhouse/compute';
import type { Reconciliation } from '../contract/forecaster.js';
import { ForecastingError } from '../forecasting.errors.js';
import type { ApartShard, ReadShard, SettleRequest } from './settle.js';
import type { Said, Told } from './settle-worker.js';

const { url, execArgv } = threadEntry(import.meta.url, 'settle-worker');

/** What passes by is soon forgotten: collected late, the views of one shard after the other would be more than all that is kept. */
const SHORT_LIVED = { maxYoungGenerationSizeMb: 6 };

/** The thread in which the shards of a run are settled, which asks for one at a time. It has to be ended. */
export class SettleThread {
  private readonly worker: Worker;

  public constructor(request: SettleRequest) {
    this.worker = new Worker(url, { execArgv, workerData: request, resourceLimits: SHORT_LIVED });
  }

  /**
   * Lets the thread look at all shards, as often as it wants.
   *
   * @throws {ForecastingError} THREAD_FAILED with the reason
   */
  public async prepare(read: ReadShard): Promise<Reconciliation | undefined> {
    for (let said = await this.said(); ;) {
      if ('prepared' in said) return said.prepared ?? undefined;
      if (!('wants' in said)) throw failed(said);
      const { place, parts } = said.wants;
      said = await this.tell({ read: await read(place, parts) });
    }
  }

  /**
   * A shard as it is to be stored, all being prepared.
   *
   * @throws {ForecastingError} THREAD_FAILED with the reason
   */
  public async settle(place: number, forecasts: Uint8Array): Promise<Uint8Array> {
    const said = await this.tell({ settle: { place, forecasts } });
    if ('shard' in said) return said.shard;
    throw failed(said);
  }

  public async end(): Promise<void> {
    await this.worker.terminate();
  }

  private async tell(told: Told): Promise<Said> {
    const said = this.said();
    this.worker.postMessage(told, movable('read' in told ? told.read : told.settle));
    return said;
  }

  private async said(): Promise<Said> {
    const [said] = (await once(this.worker, 'message')) as [Said];
    return said;
  }
}

const failed = (said: Said): ForecastingError =>
  new ForecastingError(
    'THREAD_FAILED',
    `sums and parts were not brought together: ${'failed' in said ? said.failed : 'the thread said what it was not asked'}`,
  );

/** Bytes that have memory of their own are handed over; those that share it with others are copied. */
const movable = ({ history, forecasts }: Partial<ApartShard>): ArrayBuffer[] =>
  [history, forecasts].flatMap((bytes) =>
    bytes && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer as ArrayBuffer] : [],
  );
