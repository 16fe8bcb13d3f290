import {
  EPCIS_CONTEXT,
  type AnchoringRow,
  type CaptureDocumentRow,
  type CaptureErrorRow,
  type CaptureJobRow,
} from '@tallyhouse/supply-chain';
import { problem } from './problems.js';

/** A list of names. */
export function collection(member: readonly string[]): object {
  return { '@context': EPCIS_CONTEXT, type: 'Collection', member };
}

/** A capture job as the standard describes it, with counts besides. */
export function captureJob(
  job: CaptureJobRow,
  errors: readonly CaptureErrorRow[],
  more: object = {},
): object {
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
    masterDataElements: job.masterDataElements,
    ...more,
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

/** What was received, by its digest. */
export function documentShown({ mediaType, bytes, sha256 }: CaptureDocumentRow): object {
  return { mediaType, bytes: Number(bytes), sha256: sha256.slice(2) };
}

/** Stored events by how far they are on their way to the chain. */
export function anchoringShown({ pending, sealed, anchored, final }: AnchoringRow): object {
  return { pending, sealed, anchored, final };
}
