import type { Comparison } from './criterion.js';
import { EventQueryError } from './query.errors.js';

/** Bounds of a query, so that its statement and its work stay bounded. */
export const QUERY_BOUNDS = { parameters: 50, values: 200, valueLength: 2_048, nameLength: 300 } as const;

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** A query parameter with its values as text, from a URL (`a|b`) or from JSON. */
export interface Parameter {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * The values of a parameter: texts, numbers or booleans, one or a list of them. What only asks whether a field exists
 * needs no value (the type void of the standard).
 */
export function parameterOf(name: string, raw: unknown): Parameter {
  const isVoid = raw === null || raw === '' || (Array.isArray(raw) && raw.length === 1 && raw[0] === '');
  if (isVoid && name.startsWith('EXISTS_')) return { name, values: ['true'] };
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length === 0) throw invalid(name, 'needs a value');
  if (list.length > QUERY_BOUNDS.values) throw invalid(name, `takes at most ${QUERY_BOUNDS.values} values`);
  return { name, values: list.map((value) => textOf(name, value)) };
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw invalid(name, 'takes texts, numbers or booleans');
  }
  const text = String(value).trim();
  if (text === '') throw invalid(name, 'has an empty value');
  if (text.includes('\u0000')) throw invalid(name, 'has a NUL in a value');
  if (text.length > QUERY_BOUNDS.valueLength) {
    throw invalid(name, `takes values of at most ${QUERY_BOUNDS.valueLength} characters`);
  }
  return text;
}

/** The one value of a parameter. */
export function single({ name, values }: Parameter): string {
  if (values.length !== 1) throw invalid(name, 'takes one value');
  return values[0]!;
}

/** A time as RFC 3339 with offset; the blank that a `+` becomes in a URL counts as the `+` it was. */
export function timeValue(parameter: Parameter): string {
  const text = single(parameter).replace(/ (?=\d\d:\d\d$)/, '+');
  if (!isTime(text)) throw invalid(parameter.name, 'takes a time such as 2026-01-31T12:00:00Z');
  return text;
}

/** Whether a text is a time of RFC 3339 that exists. */
export function isTime(text: string): boolean {
  const day = Number(text.slice(8, 10));
  const start = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return RFC_3339.test(text) && !Number.isNaN(Date.parse(text.toUpperCase())) && start.getUTCDate() === day;
}

/** Finite numbers: any of several that a value may equal, one that it is held against otherwise. */
export function numberValues(parameter: Parameter, comparison: Comparison): number[] {
  const texts = comparison === 'EQ' ? parameter.values : [single(parameter)];
  if (!texts.every(isNumber)) throw invalid(parameter.name, 'takes a number');
  return texts.map(Number);
}

/** Whether a text is a finite number in JSON's spelling. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text) && Number.isFinite(Number(text));
}

/** A whole number from 1. */
export function countValue(parameter: Parameter): number {
  const value = Number(single(parameter));
  if (!Number.isSafeInteger(value) || value < 1 || value > 1_000_000_000) {
    throw invalid(parameter.name, 'takes a whole number from 1 to 1000000000');
  }
  return value;
}

/** `true` or `false`, or `1` or `0`. */
export function flagValue(parameter: Parameter): boolean {
  const text = single(parameter);
  if (!/^(?:true|false|1|0)$/.test(text)) throw invalid(parameter.name, 'takes true or false');
  return text === 'true' || text === '1';
}

/** One of some words. */
export function wordValue<Word extends string>(parameter: Parameter, words: readonly Word[]): Word {
  const text = single(parameter);
  const word = words.find((known) => known === text);
  if (!word) throw invalid(parameter.name, `takes ${words.join(' or ')}`);
  return word;
}

/** The refusal of a parameter. */
export function invalid(name: string, what: string): EventQueryError {
  return new EventQueryError('QUERY_PARAMETER_INVALID', `${name.slice(0, 100)}: ${what}`, name.slice(0, 100));
}
