import { eventHashHex, resolveContext, type EpcisEvent } from '@tallyhouse/epcis';
import {
  readBundle,
  redactBundle,
  verifyBundle,
  type EventHashStrategy,
  type VerificationResult,
} from '@tallyhouse/proofs';

/** A page holds the text, its parse and the tree at once; the command line takes larger files. */
export const MAX_PAGE_BYTES = 32 * 1024 * 1024;

/** What the reader has from elsewhere; empty where they left the field so. */
export interface Pins {
  header: string;
  anchor: string;
  registry: string;
}

/** A field that is filled in and cannot be what it is meant for. */
export interface PinFault {
  field: keyof Pins;
  says: string;
}

const HASH = /^0x[0-9a-fA-F]{64}$/;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** What is wrong with the fields, if anything. */
export function pinFaults(pins: Pins): PinFault[] {
  const faults: PinFault[] = [];
  if (pins.header.trim() !== '' && !HASH.test(pins.header.trim()))
    faults.push({ field: 'header', says: 'A block hash is 0x and 64 digits.' });
  for (const field of ['anchor', 'registry'] as const)
    if (pins[field].trim() !== '' && !ADDRESS.test(pins[field].trim()))
      faults.push({ field, says: 'An address is 0x and 40 digits.' });
  return faults;
}

const eventHash: EventHashStrategy = (event, namespaces) =>
  eventHashHex(event as unknown as EpcisEvent, resolveContext([namespaces]));

/** Verifies a parsed bundle in this page: no request, the same steps as the command line. */
export function checkBundle(bundle: unknown, pins: Pins): VerificationResult {
  const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
  return verifyBundle(bundle, {
    ...{ header: given(pins.header), anchorContract: given(pins.anchor), registry: given(pins.registry) },
    eventHash,
  });
}

/** Verifies text; text that is no JSON fails at the format. */
export function checkText(text: string, pins: Pins): VerificationResult {
  try {
    return checkBundle(JSON.parse(text) as unknown, pins);
  } catch {
    const says = 'the text is no JSON';
    return {
      verdict: 'invalid',
      says: `not valid: format: ${says}`,
      steps: [{ name: 'format', status: 'failed', says }],
      failed: 'format',
    };
  }
}

/** The same proof with fewer fields, as text. */
export function showOnly(text: string, paths: readonly string[]): string {
  return `${JSON.stringify(redactBundle(readBundle(JSON.parse(text)), paths), null, 1)}\n`;
}
