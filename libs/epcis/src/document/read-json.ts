import type { JsonObject, JsonValue } from '../epcis.types.js';
import { scanJson, type ScanFault } from './scan.js';
import { textFault } from './text-faults.js';

/** What JSON text from outside may have at most. */
export type JsonBounds = {
  maxBytes: number;
  maxDepth: number;
  /** Signs of one text as it is spelled in JSON; much longer ones would exhaust the stack of a pattern. */
  maxTextLength: number;
};

/** Why text is not the JSON that may come in. */
export type JsonFault = { pointer: string; rule: string; found: string; expected: string };

/** JSON that was read, or why it was not. */
export type JsonResult = { ok: true; value: JsonObject } | { ok: false; fault: JsonFault };

/**
 * Reads a JSON object within bounds: UTF-8, no key twice, no key that JavaScript gives a meaning to, nothing that a
 * database could not keep.
 *
 * @param input - bytes in UTF-8, JSON text, or JSON that was parsed already (where a second key can no longer be seen)
 */
export function readJson(input: Uint8Array | string | object, bounds: JsonBounds): JsonResult {
  const text = textOf(input, bounds.maxBytes);
  if (typeof text !== 'string') return { ok: false, fault: text };
  const fault = scanJson(text, bounds);
  if (fault) return { ok: false, fault: scanError(fault, bounds) };
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (error) {
    return failure('', 'json', error instanceof Error ? error.message : 'not JSON', 'JSON text (RFC 8259)');
  }
  const unstorable = textFault(text, value);
  if (unstorable) {
    const expected = 'text without NUL and half surrogate pairs, numbers that a double can hold';
    return failure(unstorable.pointer, 'text', unstorable.found, expected);
  }
  return isObject(value) ? { ok: true, value } : failure('', 'json', describeKind(value), 'a JSON object');
}

/** A few words for what stands where something else was expected. */
export function describeKind(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}

/** Whether a value is a JSON object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(input: Uint8Array | string | object, maxBytes: number): string | JsonFault {
  if (input instanceof Uint8Array) {
    if (input.byteLength > maxBytes) return tooLarge(input.byteLength, maxBytes);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(input);
    } catch {
      return { pointer: '', rule: 'encoding', found: 'bytes that are not UTF-8', expected: 'UTF-8' };
    }
  }
  const text = typeof input === 'string' ? input : serialized(input);
  if (text === undefined) {
    return { pointer: '', rule: 'json', found: 'a value that has no JSON form', expected: 'a JSON object' };
  }
  const size = text.length > maxBytes ? text.length : new TextEncoder().encode(text).length;
  if (size > maxBytes) return tooLarge(size, maxBytes);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function tooLarge(size: number, maxBytes: number): JsonFault {
  const expected = `at most ${maxBytes} bytes; send the events in several documents`;
  return { pointer: '', rule: 'size', found: `${size} bytes`, expected };
}

function serialized(input: object): string | undefined {
  try {
    return JSON.stringify(input) as string | undefined;
  } catch {
    return undefined;
  }
}

function scanError(fault: ScanFault, bounds: JsonBounds): JsonFault {
  const expected = {
    depth: `at most ${bounds.maxDepth} levels of nesting`,
    'text-length': `at most ${bounds.maxTextLength} signs in one text`,
    'duplicate-key': 'each key once in an object',
    'forbidden-key': 'keys other than __proto__, constructor and prototype',
  };
  return { ...fault, expected: expected[fault.rule] };
}

function failure(pointer: string, rule: string, found: string, expected: string): JsonResult {
  return { ok: false, fault: { pointer, rule, found, expected } };
}
