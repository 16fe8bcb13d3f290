import { AuditError } from '../audit.errors.js';
import type { Dwell, Learned } from './learned.js';

/**
 * Reads what a rule set learned.
 *
 * @throws AuditError `RULE_SET_MALFORMED` naming the field
 */
export function parseLearned(value: unknown): Learned {
  const given = object(value, 'learned');
  const { until } = given;
  if (until !== null && (typeof until !== 'string' || Number.isNaN(Date.parse(until))))
    throw malformed('learned.until', 'an ISO 8601 time or null');
  const flaggedShare = numeric(given['flaggedShare'], 'learned.flaggedShare');
  if (flaggedShare > 1) throw malformed('learned.flaggedShare', 'a share of at most 1');
  return {
    events: numeric(given['events'], 'learned.events'),
    until,
    transitions: table(given['transitions'], 'learned.transitions', (row, path) => table(row, path, numeric)),
    dwell: table(given['dwell'], 'learned.dwell', parseDwell),
    flaggedShare,
  };
}

function parseDwell(value: unknown, path: string): Dwell {
  const row = object(value, path);
  const median = row['median'];
  if (typeof median !== 'number' || !Number.isFinite(median)) throw malformed(`${path}.median`, 'a number');
  return {
    count: numeric(row['count'], `${path}.count`),
    median,
    spread: numeric(row['spread'], `${path}.spread`),
  };
}

function table<Value>(
  value: unknown,
  path: string,
  parse: (value: unknown, path: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(object(value, path)).map(([key, entry]) => [
      key,
      parse(entry, `${path}[${JSON.stringify(key)}]`),
    ]),
  );
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(path, 'an object');
  return value as Record<string, unknown>;
}

function numeric(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw malformed(path, 'a number from 0');
  return value;
}

function malformed(path: string, expected: string): AuditError {
  return new AuditError('RULE_SET_MALFORMED', `not a rule set: ${path}: expected ${expected}`);
}
