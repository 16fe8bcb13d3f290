import type { EpcisEvent } from '@tallyhouse/epcis';
import { toDocument } from '@tallyhouse/simulation';
import { CaptureService } from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';

const EVENTS_A_DOCUMENT = 1_000;

export interface SimulatedCapture {
  /** ISO 8601 time that the documents say they were made at. */
  readonly createdAt: string;
  /** ROLLBACK where every event must be taken; PROCEED where what is invalid is refused, as it would be in life. */
  readonly errorBehaviour: 'ROLLBACK' | 'PROCEED';
  readonly onProgress?: (stored: number) => void;
}

/**
 * Captures events, each partner's as its own documents.
 *
 * @returns how many were stored
 * @throws CliError when a document is refused as a whole
 */
export async function captureSimulated(
  dataSource: DataSource,
  events: Iterable<{ readonly partner: string; readonly event: EpcisEvent }>,
  { createdAt, errorBehaviour, onProgress }: SimulatedCapture,
): Promise<number> {
  const capture = new CaptureService(dataSource);
  const waiting = new Map<string, EpcisEvent[]>();
  let stored = 0;
  const send = async (partner: string): Promise<void> => {
    const document = toDocument(waiting.get(partner) ?? [], createdAt);
    const outcome = await capture.capture(document, { partner, errorBehaviour });
    if (outcome.state === 'FAILED')
      throw new CliError(
        `capture job ${outcome.id} refused simulated events`,
        'see capture_error; this is a fault of ours',
      );
    waiting.delete(partner);
    stored += outcome.stored;
    onProgress?.(stored);
  };
  for (const { partner, event } of events) {
    const list = waiting.get(partner) ?? [];
    waiting.set(partner, list);
    list.push(event);
    if (list.length >= EVENTS_A_DOCUMENT) await send(partner);
  }
  for (const partner of [...waiting.keys()]) await send(partner);
  return stored;
}
