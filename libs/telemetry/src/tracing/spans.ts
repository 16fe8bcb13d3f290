import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { formatTraceparent, parseTraceparent } from './traceparent.js';

const TRACER = 'tallyhouse';
let tracing = false;

/** What is known of a span: numbers and words of ours, never what partners sent. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  readonly kind?: keyof typeof KINDS;
  readonly attributes?: SpanAttributes;
  /** `traceparent` of the span that this one belongs under; left out, the span that is open here. */
  readonly parent?: string | null | undefined;
  /** `traceparent`s of spans that led to this one too. */
  readonly links?: readonly string[];
  /** When it began, milliseconds since 1970; now, when left out. */
  readonly startMs?: number;
}

/** A span that is open. */
export interface OpenSpan {
  /** Its `traceparent`, to be stored; null while tracing is off or this trace is not sampled. */
  readonly traceparent: string | null;
  set(attributes: SpanAttributes): void;
  rename(name: string): void;
  /** Ends it, once; with an error it is marked by the error's code or name, never by its words. */
  end(error?: unknown): void;
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const NO_SPAN: OpenSpan = {
  traceparent: null,
  set: () => undefined,
  rename: () => undefined,
  end: () => undefined,
};

/** Whether spans are made at all; what is only asked for their sake need not be asked without. */
export function isTracing(): boolean {
  return tracing;
}

/** For {@link startTracing} alone. */
export function tracingIs(on: boolean): void {
  tracing = on;
}

/** Begins a span that the caller ends, and that is not the parent of what is begun meanwhile. */
export function openSpan(name: string, options: SpanOptions = {}): OpenSpan {
  return tracing ? wrapped(begun(name, options).span) : NO_SPAN;
}

/**
 * Works within a span, which ends with the work. Without tracing the work is all that is done.
 *
 * @example await inSpan('seal batch', { links: origins }, async (span) => { span.set({ 'tallyhouse.events': 5 }) })
 */
export async function inSpan<Result>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<Result>,
): Promise<Result> {
  if (!tracing) return work(NO_SPAN);
  const { span, within } = begun(name, options);
  const open = wrapped(span);
  try {
    const result = await context.with(trace.setSpan(within, span), () => work(open));
    open.end();
    return result;
  } catch (error) {
    open.end(error);
    throw error;
  }
}

/** Does what is begun by `work` as part of a span that somebody else ends, for callbacks that are no promises. */
export function underSpan<Result>(span: OpenSpan, work: () => Result): Result {
  const parent = parseTraceparent(span.traceparent);
  if (!tracing || !parent) return work();
  return context.with(trace.setSpanContext(context.active(), { ...parent, isRemote: false }), work);
}

/** Where in which trace we are; null while tracing is off or this trace is not sampled. */
export function currentTraceparent(): string | null {
  return tracing ? traceparentOf(trace.getSpanContext(context.active())) : null;
}

function begun(name: string, options: SpanOptions): { span: Span; within: Context } {
  const parent = parseTraceparent(options.parent);
  const within = parent
    ? trace.setSpanContext(ROOT_CONTEXT, parent)
    : options.parent === null
      ? ROOT_CONTEXT
      : context.active();
  const settings = {
    kind: KINDS[options.kind ?? 'internal'],
    attributes: { ...options.attributes },
    links: (options.links ?? []).flatMap(linkOf),
    ...(options.startMs === undefined ? {} : { startTime: options.startMs }),
  };
  return { span: trace.getTracer(TRACER).startSpan(name, settings, within), within };
}

function linkOf(traceparent: string): Link[] {
  const linked = parseTraceparent(traceparent);
  return linked ? [{ context: linked }] : [];
}

function wrapped(span: Span): OpenSpan {
  return {
    traceparent: traceparentOf(span.spanContext()),
    set: (attributes) => void span.setAttributes({ ...attributes }),
    rename: (name) => void span.updateName(name),
    end: (error) => {
      if (!span.isRecording()) return;
      if (error !== undefined) {
        span.setAttribute('error.type', errorType(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

/** Words of an error may tell of partners; its code does not. */
function errorType(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown';
}

function traceparentOf(place: SpanContext | undefined): string | null {
  return place && (place.traceFlags & 1) === 1 ? formatTraceparent(place) : null;
}
