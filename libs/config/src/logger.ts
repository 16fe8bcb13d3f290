import { trace } from '@opentelemetry/api';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.js';
import { LossyWriter } from './lossy-writer.js';
import { redactorOf, secretsOf } from './redact.js';

const MOST_CAUSES = 3;

/**
 * The one logger: JSON lines on standard output, secrets taken out. A line that is written within a span says in which
 * trace, so that one leads to the other.
 *
 * @param destination elsewhere, for tests
 */
export function createLogger(
  config: Pick<Config, 'logLevel'> & Partial<Config>,
  name: string,
  destination?: DestinationStream,
): Logger {
  const options = {
    name,
    level: config.logLevel,
    mixin: tracePlace,
    hooks: { streamWrite: redactorOf(secretsOf(config)) },
    serializers: { err: errorFields, error: errorFields },
  };
  return pino(options, destination ?? standardOutput());
}

let output: LossyWriter | undefined;

/** Standard output, written by all loggers of a process in turn. */
function standardOutput(): LossyWriter {
  output ??= new LossyWriter(1, lossLine);
  return output;
}

/** A line as every other, which tells of lines that could not be written. */
function lossLine(lines: number, code: string): string {
  let line = '';
  const write = (text: string): void => void (line = text);
  pino({ name: 'log' }, { write }).warn({ event: 'log-lines-lost', lines, code });
  return line.trimEnd();
}

function tracePlace(): object {
  const place = trace.getActiveSpan()?.spanContext();
  return place ? { trace_id: place.traceId, span_id: place.spanId } : {};
}

/** An error without the values of a failed statement, which are partners' data. */
function errorFields(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type: name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(cause !== undefined && depth < MOST_CAUSES ? { cause: errorFields(cause, depth + 1) } : {}),
  };
}

export type { Logger };
