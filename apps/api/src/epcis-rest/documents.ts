import {
  joinedContext,
  type CaptureErrorRow,
  type CaptureJobRow,
  type QueriedEvent,
} from '@tallyhouse/supply-chain';
import { problem } from './problems.js';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** Events as the answer to a query: as they were captured, and with the time of their recording (EPCIS 2.0 §7.4.1.2). */
export function queryDocument(
  events: readonly QueriedEvent[],
  now: Date,
  queryName = 'SimpleEventQuery',
): object {
  const { own, context } = joinedContext(events);
  const eventList = events.map(({ body, recordTime }, index) => ({
    ...(own[index] ? { '@context': own[index] } : {}),
    ...body,
    recordTime: recordTime.toISOString(),
  }));
  return {
    '@context': [CONTEXT, ...context],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: now.toISOString(),
    epcisBody: { queryResults: { queryName, resultsBody: { eventList } } },
  };
}

/** A list of names. */
export function collection(member: readonly string[]): object {
  return { '@context': CONTEXT, type: 'Collection', member };
}

/** A capture job as the standard describes it, with counts besides. */
export function captureJob(job: CaptureJobRow, errors: readonly CaptureErrorRow[]): object {
  return {
    captureID: job.id,
    createdAt: job.createdAt.toISOString(),
    ...(job.finishedAt ? { finishedAt: job.finishedAt.toISOString() } : {}),
    running: job.state === 'RUNNING',
    success: job.state === 'SUCCEEDED' || (job.state === 'RUNNING' && job.rejected === 0),
    captureErrorBehaviour: job.errorBehaviour.toLowerCase(),
    total: job.total,
    stored: job.stored,
    duplicate: job.duplicate,
    rejected: job.rejected,
    errors: errors.map(captureError),
  };
}

/** What was wrong with a document, as a problem. */
export function captureError({ eventIndex, pointer, rule, found, expected }: CaptureErrorRow): object {
  const detail = `${pointer || 'document'}: found ${found}, expected ${expected}`;
  return {
    ...problem('ValidationException', detail),
    ...(eventIndex === null ? {} : { eventIndex }),
    pointer,
    rule,
    found,
    expected,
  };
}
