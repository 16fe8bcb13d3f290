import type { OnApplicationShutdown } from '@nestjs/common';
import type { Config, Logger } from '@tallyhouse/config';
import type { IndexerService } from './indexer.service.js';
import type { StatusServer } from './status/status-server.js';

/** Begins and ends the parts in order. A chain that has to be stopped does not stop the others. */
export class IndexerProcess implements OnApplicationShutdown {
  public constructor(
    private readonly config: Pick<Config, 'indexerPort' | 'apiHost'>,
    private readonly indexers: readonly IndexerService[],
    private readonly server: StatusServer,
    private readonly logger: Pick<Logger, 'fatal'>,
  ) {}

  /**
   * @param onReady called once every chain is at its head, or stood by for, or stopped while another one is not
   * @returns the port of the probes, and the loops, which end when the process is told to stop, or reject once each
   * of them had to stop
   */
  public async start(onReady: () => void): Promise<{ port: number | null; done: Promise<void> }> {
    const { indexerPort, apiHost } = this.config;
    const port = indexerPort === 0 ? null : await this.server.start(indexerPort, apiHost);
    const waited = new Set(this.indexers);
    const settled = (indexer: IndexerService): void => {
      if (waited.delete(indexer) && waited.size === 0) onReady();
    };
    return { port, done: this.runAll(settled) };
  }

  public async onApplicationShutdown(): Promise<void> {
    this.server.end();
    await Promise.all(this.indexers.map((indexer) => indexer.stop()));
    await this.server.stop();
  }

  private async runAll(settled: (indexer: IndexerService) => void): Promise<void> {
    let running = this.indexers.length;
    const failures: unknown[] = [];
    const run = async (indexer: IndexerService): Promise<void> => {
      try {
        await indexer.run(() => settled(indexer));
      } catch (error) {
        failures.push(error);
        if (--running === 0) return;
        const { code, message } = error as { code?: string; message: string };
        const { chainId } = indexer;
        this.logger.fatal({ event: 'chain-stopped', chainId, code, next: 'STOP', problem: message });
        settled(indexer);
      }
    };
    await Promise.all(this.indexers.map(run));
    if (failures.length > 0) throw failures.at(-1);
  }
}
