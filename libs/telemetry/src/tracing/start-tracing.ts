import { context, propagation, trace } from '@opentelemetry/api';
import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Config } from '@tallyhouse/config';
import { tracingIs } from './spans.js';

const STOP_TIMEOUT_MS = 2_000;

/** Where spans go; `tracesUrl` is the whole URL of an OTLP/HTTP receiver, and undefined leaves tracing off. */
export type TracingSettings = Pick<Config['telemetry'], 'tracesUrl' | 'serviceName' | 'resourceAttributes'>;

/** Tracing that was started, or left off. */
export interface Tracing {
  /** Sends what waits, for two seconds at most, and stops. */
  stop(): Promise<void>;
  /** The same, for an application that ends. */
  onApplicationShutdown(): Promise<void>;
}

/**
 * Starts sending spans by OTLP over HTTP (JSON). Headers, time limits, sampling and batches are set by the standard
 * variables: OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, OTEL_BSP_SCHEDULE_DELAY and so on. A receiver that is away
 * costs spans and nothing else.
 *
 * @param name what this process is called, unless the settings name it
 * @example const tracing = await startTracing(readConfig().telemetry, 'api') // service.name: tallyhouse-api
 */
export async function startTracing(settings: TracingSettings, name: string): Promise<Tracing> {
  const { tracesUrl } = settings;
  if (tracesUrl === undefined) return tracingUntil(() => Promise.resolve());
  // Some 250 modules that nobody needs who sends no spans.
  const { otlpProvider } = await import('./otlp-provider.js');
  const provider = otlpProvider({ ...settings, tracesUrl }, name);
  // Where a span belongs is carried by what we store; nothing is put into requests to chains, webhooks or stores.
  provider.register({ propagator: null });
  tracingIs(true);
  return tracingUntil(() => stopped(provider));
}

function tracingUntil(stop: () => Promise<void>): Tracing {
  return { stop, onApplicationShutdown: stop };
}

async function stopped(provider: Pick<NodeTracerProvider, 'shutdown'>): Promise<void> {
  tracingIs(false);
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, STOP_TIMEOUT_MS);
  });
  await Promise.race([provider.shutdown().catch(() => undefined), over]);
  clearTimeout(timer);
  trace.disable();
  context.disable();
  propagation.disable();
}
