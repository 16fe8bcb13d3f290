import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import { poolOf } from '@tallyhouse/database';
import { measurePool, measureProcess, metrics, ProbeServer, type ProbeOutcome } from '@tallyhouse/telemetry';
import { DataSource } from 'typeorm';
import { Readiness } from './readiness.js';

/** Metrics on API_METRICS_PORT, which is not the port that the world reaches; the probes are there too. */
@Injectable()
export class ApiTelemetry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server: ProbeServer | undefined;
  private stopMeasuring: (() => void)[] = [];

  public constructor(
    @Inject(CONFIG) { telemetry, apiHost: host }: Config,
    private readonly dataSource: DataSource,
    private readonly readiness: Readiness,
  ) {
    const { apiMetricsPort: port, metricsToken } = telemetry;
    const probes = {
      health: (): ProbeOutcome => ({ ok: true }),
      ready: () => this.ready(),
      metrics: () => metrics.text(),
    };
    if (port !== 0) this.server = new ProbeServer(probes, { port, host, metricsToken });
  }

  public async onApplicationBootstrap(): Promise<void> {
    if (!this.server) return;
    this.stopMeasuring = [measureProcess(metrics), measurePool(metrics, poolOf(this.dataSource))];
    await this.server.start();
  }

  public async onApplicationShutdown(): Promise<void> {
    for (const stop of this.stopMeasuring) stop();
    await this.server?.stop();
  }

  private async ready(): Promise<ProbeOutcome> {
    const standing = await this.readiness.standing();
    return standing.status === 'ready' ? { ok: true } : { ok: false, reason: standing.reason };
  }
}
