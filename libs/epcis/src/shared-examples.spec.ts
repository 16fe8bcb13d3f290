import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from './epcis.types.js';
import { validationLines } from './lines.js';

const FOLDER = join(
  process.env['TALLYHOUSE_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'),
  'epcis',
);
const now = new Date('2026-12-31T00:00:00Z');

function filesIn(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(FOLDER, folder))
      .filter((name) => /\.json(?:ld)?$/.test(name) && !/profile|SimpleEventQuery/.test(name))
      .map((name) => join(folder, name)),
  );
}

/** As the README of the examples asks: their comments are keys that begin with an underscore. */
function withoutComments(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.startsWith('_'));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutComments(item!)]));
}

function validated(name: string): string[] {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  const json = JSON.stringify(withoutComments(JSON.parse(text) as JsonValue));
  return validationLines(new TextEncoder().encode(json), { now }).lines;
}

const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`No examples at ${FOLDER}: those of others are not tried`);
const found = isThere ? filesIn : (): string[] => [];

describe('documents that others made', () => {
  it.each([
    ...found(
      'examples/valid',
      'examples/bare-events',
      'examples/query',
      'profiles',
      'fsma204',
      'hash-vectors',
    ),
    ...(isThere ? [] : ['none']),
  ])('%s is valid, with all that a schema cannot say', (name) => {
    if (isThere) expect(validated(name)).toEqual([expect.stringMatching(/^valid: \d+ events?$/)]);
  });

  it.each([...found('examples/invalid'), ...(isThere ? [] : ['none'])])(
    '%s is refused, and the place is named',
    (name) => {
      if (isThere)
        expect(validated(name)[0]).toMatch(/^(?:event \d+|document) \/\S+: \S+: found .+, expected .+/);
    },
  );
});
