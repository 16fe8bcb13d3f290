import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readDocument, validateDocument } from '@tallyhouse/epcis';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { toDocument } from './document.js';
import { events } from './events.js';
import { simulate } from './simulate.js';

const shared =
  process.env['TALLYHOUSE_SHARED_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const schemaFile = `${shared}/epcis/schema/epcis-json-schema-2.0.0.json`;
const whenShared = existsSync(schemaFile) ? it : it.skip;
if (!existsSync(schemaFile))
  console.warn(`skipped: the official EPCIS 2.0 JSON Schema is not at ${schemaFile}`);

const world = simulate({ seed: 1, start: '2023-01-01', months: 6, scale: 0.05 });
const all = [...events(world)].map(({ event }) => event);

describe('toDocument', () => {
  it('keeps events and their order and names the context of their extension fields', () => {
    const document = toDocument(all.slice(0, 3), '2023-07-01T00:00:00Z');
    expect(document.epcisBody).toEqual({ eventList: all.slice(0, 3) });
    expect(document['@context']).toContainEqual({ tally: 'https://tallyhouse.example/epcis/' });
    expect(document.creationDate).toBe('2023-07-01T00:00:00Z');
  });

  it('makes documents that capture reads and finds nothing wrong with, nor with their keys and times', () => {
    for (let from = 0; from < all.length; from += 1_000) {
      const read = readDocument(
        JSON.stringify(toDocument(all.slice(from, from + 1_000), '2023-07-01T00:00:00Z')),
      );
      if (!read.ok) throw new Error(JSON.stringify(read.errors));
      expect(validateDocument(read.document, { now: new Date('2023-07-02T00:00:00Z') })).toEqual([]);
    }
  });

  whenShared('makes documents of all events of a small world that the official schema accepts', () => {
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
    for (let from = 0; from < all.length; from += 1_000) {
      const document = toDocument(all.slice(from, from + 1_000), '2023-07-01T00:00:00Z');
      expect([validate(document), validate.errors]).toEqual([true, null]);
    }
    const broken = toDocument([{ ...all[0], action: 'SOMETIMES' } as never], '2023-07-01T00:00:00Z');
    expect(validate(broken)).toBe(false);
  });
});
