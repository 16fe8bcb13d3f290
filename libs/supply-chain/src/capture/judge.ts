import { setImmediate as yieldToOthers } from 'node:timers/promises';
import {
  validateDocument,
  type CaptureError,
  type EpcisDocument,
  type ValidateOptions,
} from '@tallyhouse/epcis';
import type { CaptureJob } from './capture-job.repository.js';

/** What validation found. */
export interface Judgement {
  /** Every event that has a fault; null where the document itself has one. */
  readonly faulty: ReadonlySet<number | null>;
  /** The first {@link MAX_KEPT_ERRORS} faults. */
  readonly errors: readonly CaptureError[];
}

/** Errors that are kept with a job; a document can have many more faulty events, and all of those are refused. */
export const MAX_KEPT_ERRORS = 1_000;

const PORTION = 200;

/** How the events of a job are judged, without an end to the errors. */
export function optionsOf({ recordTime, rules }: CaptureJob): ValidateOptions {
  const { profiles, companyPrefixes } = rules;
  return { now: recordTime, profiles, companyPrefixes, maxErrors: Infinity };
}

/**
 * Validates a document portion by portion, so that the errors of a thoroughly bad one stay bounded in memory while
 * none of its events escapes, and other work gets its turn in between.
 *
 * @param firstFaultDecides the caller refuses all because of one fault, so what follows the kept errors is not looked at
 */
export async function judge(
  document: EpcisDocument,
  options: ValidateOptions,
  firstFaultDecides: boolean,
): Promise<Judgement> {
  const faulty = new Set<number | null>();
  const errors: CaptureError[] = [];
  for (let from = 0; from === 0 || from < document.events.length; from += PORTION) {
    for (const error of validateDocument(portionOf(document, from), options)) {
      const moved = movedBy(from, error, document.eventsPointer);
      faulty.add(moved.eventIndex);
      if (errors.length < MAX_KEPT_ERRORS) errors.push(moved);
    }
    if (faulty.has(null) || (firstFaultDecides && errors.length >= MAX_KEPT_ERRORS)) break;
    await yieldToOthers();
  }
  return { faulty, errors };
}

/** The envelope is judged with the first portion; the others come as events in a context that says nothing. */
function portionOf(document: EpcisDocument, from: number): EpcisDocument {
  const events = document.events.slice(from, from + PORTION);
  if (from === 0) return { ...document, events };
  return { ...document, kind: 'event', root: { '@context': [] }, events };
}

/** An error of a portion that begins with event `offset`, as one of the whole document. */
export function movedBy(offset: number, error: CaptureError, eventsPointer: string): CaptureError {
  if (offset === 0 || error.eventIndex === null) return error;
  const eventIndex = error.eventIndex + offset;
  const rest = error.pointer.slice(`${eventsPointer}/${error.eventIndex}`.length);
  return { ...error, eventIndex, pointer: `${eventsPointer}/${eventIndex}${rest}` };
}
