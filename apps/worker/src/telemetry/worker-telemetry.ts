import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Config, Logger } from '@tallyhouse/config';
import { poolOf } from '@tallyhouse/database';
import { measurePool, measureProcess, metrics, ProbeServer, type Probes } from '@tallyhouse/telemetry';
import type { DataSource } from 'typeorm';

/** Probes and metrics on WORKER_PORT, for as long as the worker lives: it says itself that it stops. */
export class WorkerTelemetry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server: ProbeServer | undefined;
  private stopMeasuring: () => void = () => undefined;

  public constructor(
    { telemetry, apiHost }: Pick<Config, 'telemetry' | 'apiHost'>,
    private readonly dataSource: DataSource,
    probes: Probes,
    private readonly logger: Logger,
  ) {
    const { workerPort: port, metricsToken } = telemetry;
    if (port !== 0) this.server = new ProbeServer(probes, { port, host: apiHost, metricsToken });
  }

  public async onApplicationBootstrap(): Promise<void> {
    if (!this.server) return;
    measurePool(metrics, poolOf(this.dataSource));
    this.stopMeasuring = measureProcess(metrics);
    const port = await this.server.start();
    this.logger.info({ event: 'probes', port });
  }

  public async onApplicationShutdown(): Promise<void> {
    this.stopMeasuring();
    await this.server?.stop();
  }
}
