import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import { IndexerService } from './indexer.service.js';
import { StatusServer } from './status/status-server.js';

/** Begins and ends the parts in order. */
@Injectable()
export class IndexerProcess implements OnApplicationShutdown {
  public constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly indexer: IndexerService,
    private readonly server: StatusServer,
  ) {}

  /** @returns the port of the probes, and the loop, which ends when the process is told to stop */
  public async start(onReady: () => void): Promise<{ port: number | null; done: Promise<void> }> {
    const { indexerPort, apiHost } = this.config;
    const port = indexerPort === 0 ? null : await this.server.start(indexerPort, apiHost);
    return { port, done: this.indexer.run(onReady) };
  }

  public async onApplicationShutdown(): Promise<void> {
    await this.indexer.stop();
    await this.server.stop();
  }
}
