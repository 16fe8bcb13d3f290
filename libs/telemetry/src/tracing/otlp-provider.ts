import { randomUUID } from 'node:crypto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { resourceAttributes, resourceOf } from './resource.js';
import type { TracingSettings } from './start-tracing.js';

const SPAN_LIMITS = { attributeCountLimit: 32, attributeValueLengthLimit: 256, linkCountLimit: 64 };

/** Makes spans and sends them in batches by OTLP over HTTP (JSON). */
export function otlpProvider(
  { tracesUrl, serviceName, resourceAttributes: given }: TracingSettings & { readonly tracesUrl: string },
  name: string,
): NodeTracerProvider {
  return new NodeTracerProvider({
    resource: resourceOf({
      'service.name': serviceName ?? `tallyhouse-${name}`,
      'service.namespace': 'tallyhouse',
      'service.instance.id': randomUUID(),
      'process.pid': process.pid,
      ...resourceAttributes(given),
    }),
    spanLimits: SPAN_LIMITS,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: tracesUrl }))],
  });
}
