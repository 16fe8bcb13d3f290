import type { JsonField } from '../../json.js';
import { liesUnder } from '../redact-bundle.js';
import type { VerificationStep } from '../verification.js';
import { held, must } from './outcome.js';

/** Each path that the caller named has a shown field at it or below it. */
export function askedOf(
  shown: () => readonly JsonField[],
  disclose: readonly string[] | undefined,
): Omit<VerificationStep, 'name'> {
  if (!disclose || disclose.length === 0) return held('no field was asked for by name');
  const fields = shown();
  const missing = disclose.find((path) => !fields.some((field) => liesUnder(field.path, path)));
  must(missing === undefined, `the bundle does not show ${missing}`);
  return held(`${disclose.join(', ')} shown`);
}
