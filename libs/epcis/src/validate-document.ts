import { eventFaults, type CheckOptions } from './checks/event-checks.js';
import type { CaptureError, EpcisDocument } from './epcis.types.js';
import { masterDataFault } from './master-data/master-data.js';
import { profileFaultsOf, type PartnerProfile } from './profile/partner-profiles.js';
import { schemaErrors } from './schema/validate-schema.js';

/** Options of {@link validateDocument}. */
export type ValidateOptions = CheckOptions & {
  /** Reports stop after so many; 1,000 unless given. */
  maxErrors?: number;
  /** Profiles of the sender; each judges the events of its business steps. */
  profiles?: readonly PartnerProfile[];
  /** Ask the schema alone, as a validator of the standard does. */
  schemaOnly?: boolean;
};

const DEFAULT_MAX_ERRORS = 1_000;

/**
 * Every reason to refuse a document: first what the EPCIS 2.0 schema says (verdicts equal the standard's own schema),
 * then master data beyond their bounds, and for events that pass it what a schema cannot say (`eventFaults`) and what the
 * sender's profiles ask for.
 *
 * @returns errors in the order of the events; empty if the document may be captured
 * @example validateDocument(document, { now: new Date('2026-01-31T00:00:00Z') }) // []
 */
export function validateDocument(document: EpcisDocument, options: ValidateOptions = {}): CaptureError[] {
  const maxErrors = options.maxErrors ?? DEFAULT_MAX_ERRORS;
  const errors = schemaErrors(document, maxErrors);
  if (options.schemaOnly) return errors;
  const tooMuch = masterDataFault(document);
  if (tooMuch) errors.unshift(tooMuch);
  const faulty = new Set(errors.map((error) => error.eventIndex));
  for (const [eventIndex, event] of document.events.entries()) {
    if (errors.length >= maxErrors) break;
    if (faulty.has(eventIndex)) continue;
    const start = document.eventsPointer === '' ? '' : `${document.eventsPointer}/${eventIndex}`;
    for (const fault of [...eventFaults(event, options), ...profileFaultsOf(event, options.profiles ?? [])]) {
      errors.push({ eventIndex, ...fault, pointer: start + fault.pointer });
    }
  }
  return errors.sort((a, b) => (a.eventIndex ?? -1) - (b.eventIndex ?? -1)).slice(0, maxErrors);
}
