import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { escapePointer } from '../document/scan.js';
import type { CaptureError, EpcisDocument, EpcisEvent } from '../epcis.types.js';
import { envelopeSchemas } from './envelope.js';
import { errorInWords } from './error-words.js';
import { eventSchemas } from './events.js';
import { addEpcisFormats } from './formats.js';
import type { KeySets } from './parts.js';
import { shapeFault } from './shape.js';

type Validators = {
  envelope: ReadonlyMap<string, ValidateFunction>;
  event: ReadonlyMap<string, ValidateFunction>;
};

let compiled: Validators | undefined;

/** Faults against the EPCIS 2.0 schema; empty exactly where the standard's own schema accepts the document. */
export function schemaErrors(document: EpcisDocument, maxErrors: number): CaptureError[] {
  compiled ??= compile();
  const errors: CaptureError[] = [];
  const envelope = compiled.envelope.get(document.kind)!;
  if (!envelope(document.root)) pushErrors(errors, envelope.errors, null, '');
  for (const [index, event] of document.events.entries()) {
    if (errors.length >= maxErrors) break;
    const pointer = document.eventsPointer === '' ? '' : `${document.eventsPointer}/${index}`;
    pushEventErrors(errors, compiled, event, index, pointer);
  }
  return errors.slice(0, maxErrors);
}

function pushEventErrors(
  errors: CaptureError[],
  validators: Validators,
  event: EpcisEvent,
  index: number,
  pointer: string,
): void {
  const validate = validators.event.get(event.type) ?? validators.event.get('extension')!;
  if (!validate(event)) {
    pushErrors(errors, validate.errors, index, pointer);
    return;
  }
  const fault = shapeFault(event);
  if (!fault) return;
  const { rule, key, found, expected } = fault;
  const where = key === '' ? pointer : `${pointer}/${escapePointer(key)}`;
  errors.push({ eventIndex: index, pointer: where, rule, found, expected });
}

function pushErrors(
  errors: CaptureError[],
  found: readonly ErrorObject[] | null | undefined,
  eventIndex: number | null,
  pointer: string,
): void {
  for (const error of found ?? []) {
    const words = errorInWords(error);
    if (words) errors.push({ eventIndex, ...words, pointer: pointer + words.pointer });
  }
}

function compile(): Validators {
  const keySets: KeySets = {};
  const envelopes = envelopeSchemas(keySets);
  const events = eventSchemas(keySets);
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateSchema: false });
  addEpcisFormats(ajv, keySets);
  return {
    envelope: new Map(Object.entries(envelopes).map(([kind, schema]) => [kind, ajv.compile(schema)])),
    event: new Map(Object.entries(events).map(([type, schema]) => [type, ajv.compile(schema)])),
  };
}
