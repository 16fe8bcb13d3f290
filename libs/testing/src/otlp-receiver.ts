import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a receiver of OTLP sees it. */
export interface ReceivedSpan {
  readonly service: string;
  /** Process that sent it. */
  readonly instance: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty at the root of a trace. */
  readonly parentSpanId: string;
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 2 for an error. */
  readonly statusCode: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** A receiver of traces by OTLP over HTTP, JSON, on 127.0.0.1. */
export interface OtlpReceiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** Everything that came in, as text, to look for what must not be in it. */
  readonly received: string;
  stop(): Promise<void>;
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly KeyValue[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code?: number };
}

interface WireTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

/**
 * Starts a receiver that keeps what it is sent. It answers 400 to what is not OTLP in JSON.
 *
 * @example const receiver = await startOtlpReceiver(); receiver.endpoint // 'http://127.0.0.1:40123'
 */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  let received = '';
  const server = createServer((request, response) => {
    const kept = async (): Promise<void> => {
      const text = await textOf(request);
      received += text;
      spans.push(...spansOf(JSON.parse(text) as WireTraces));
    };
    const isTraces = request.method === 'POST' && request.url === '/v1/traces';
    (isTraces ? kept() : Promise.reject(new Error('no traces'))).then(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    get received() {
      return received;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function spansOf({ resourceSpans }: WireTraces): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const about = valuesOf(resource.attributes);
    const service = String(about['service.name']);
    const instance = String(about['service.instance.id']);
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ service, instance, ...spanOf(span) })));
  });
}

function spanOf(span: WireSpan): Omit<ReceivedSpan, 'service' | 'instance'> {
  const { name, traceId, spanId, kind, parentSpanId = '', links = [] } = span;
  return {
    ...{ name, traceId, spanId, kind, parentSpanId },
    attributes: valuesOf(span.attributes ?? []),
    links: links.map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
    statusCode: span.status?.code ?? 0,
    startMs: Number(BigInt(span.startTimeUnixNano) / 1_000n) / 1_000,
    endMs: Number(BigInt(span.endTimeUnixNano) / 1_000n) / 1_000,
  };
}

function valuesOf(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
