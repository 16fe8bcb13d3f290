import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535).default(0);
const optionalUrl = z.preprocess(
  (text) => (text === '' ? undefined : text),
  z.url({ protocol: /^https?$/ }).optional(),
);

/** Names that start with OTEL_ are those of the OpenTelemetry specification; its SDK reads others of them itself. */
export const telemetryVariables = {
  OTEL_SDK_DISABLED: z.enum(['', 'true', 'false']).default(''),
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optionalUrl,
  OTEL_SERVICE_NAME: z.string().max(255).default(''),
  OTEL_RESOURCE_ATTRIBUTES: z.string().max(4_096).default(''),
  API_METRICS_PORT: port,
  WORKER_PORT: port,
  METRICS_TOKEN: z.preprocess(
    (text) => (text === '' ? undefined : text),
    z
      .string()
      .regex(/^[!-~]{16,256}$/, 'expected 16 to 256 visible ASCII characters')
      .optional(),
  ),
  SHUTDOWN_DRAIN_MS: z.coerce.number().int().min(0).max(60_000).default(0),
};

type Variables = z.output<z.ZodObject<typeof telemetryVariables>>;

/** What operators see of a process, and where. */
export interface TelemetryConfig {
  /** Whole URL that spans are sent to; undefined while tracing is off. */
  readonly tracesUrl: string | undefined;
  /** What the processes are called in traces; undefined for `tallyhouse-api` and so on. */
  readonly serviceName: string | undefined;
  readonly resourceAttributes: string;
  /** Where the api's metrics are, apart from what it is open for; 0 leaves them out. */
  readonly apiMetricsPort: number;
  /** Where the worker's probes and metrics are; 0 leaves them out. */
  readonly workerPort: number;
  /** Bearer token without which nobody reads metrics; undefined lets everybody who reaches the port. */
  readonly metricsToken: string | undefined;
  /** How long the api still answers after it said that it is not ready any more. */
  readonly shutdownDrainMs: number;
}

/** Settings of parsed variables. */
export function telemetryOf(variables: Variables): TelemetryConfig {
  return {
    tracesUrl: variables.OTEL_SDK_DISABLED === 'true' ? undefined : tracesUrl(variables),
    serviceName: variables.OTEL_SERVICE_NAME || undefined,
    resourceAttributes: variables.OTEL_RESOURCE_ATTRIBUTES,
    apiMetricsPort: variables.API_METRICS_PORT,
    workerPort: variables.WORKER_PORT,
    metricsToken: variables.METRICS_TOKEN,
    shutdownDrainMs: variables.SHUTDOWN_DRAIN_MS,
  };
}

/** The specification adds the path to the general endpoint, and takes the one for traces as it is. */
function tracesUrl(variables: Variables): string | undefined {
  if (variables.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return variables.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const general = variables.OTEL_EXPORTER_OTLP_ENDPOINT;
  return general && `${general.replace(/\/+$/, '')}/v1/traces`;
}
