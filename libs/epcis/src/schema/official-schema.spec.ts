import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '../document/read-document.js';
import type { JsonObject, JsonValue } from '../epcis.types.js';
import { schemaErrors } from './validate-schema.js';

const root = join(
  process.env.TALLYHOUSE_SHARED_DATA ?? join(import.meta.dirname, '../../../../../shared/data'),
  'epcis',
);
const present = existsSync(root);
if (!present)
  console.warn(`EPCIS examples are not at ${root}: the comparison with the official schema is skipped`);
const whenPresent = present ? it : it.skip;

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => ending.test(name))
    .map((name) => join(root, folder, name));
const parse = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;

function official(): ValidateFunction {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(parse(join(root, 'schema/epcis-json-schema-2.0.0.json')));
}

function ours(document: JsonObject): boolean {
  const read = readDocument(document);
  return read.ok && schemaErrors(read.document, 1000).length === 0;
}

const examples = (): string[] => [
  ...filesIn('examples/valid', /json$/),
  ...filesIn('examples/bare-events', /json$/),
  ...filesIn('examples/query', /[dD]ocument.*json$/),
  ...filesIn('examples/invalid', /json$/),
  ...filesIn('profiles', /event\.json$/),
  ...filesIn('fsma204', /jsonld$/),
  ...filesIn('hash-vectors', /jsonld$/),
];

/** Values that take the place of each value in turn: wrong types, wrong words, odd URIs, empty things. */
const REPLACEMENTS: readonly JsonValue[] = [
  null,
  true,
  -1.5,
  '',
  'nonsense',
  'https://example.org/a b',
  'urn:epcglobal:cbv:bizstep:shipping',
  'https://ns.gs1.org/cbv/BizStep-shipping',
  'https://gs1.org/voc/Temperature',
  'shipping',
  'OBSERVE',
  'DELETE',
  'ADD',
  'KGM',
  '+14:30',
  '+14:00',
  '2026-02-30T00:00:00Z',
  '2026-02-03t04:05:06.7+0130',
  '2026-02-03T04:05:06',
  'f0f',
  [],
  ['https://example.org/1', 'https://example.org/1'],
  [1],
  [{}],
  {},
  { id: 'https://example.org/1' },
  { 'example:a': 1 },
];
const EXTRA_KEYS = [
  'example:own',
  'https://example.org/own',
  'own',
  '_comment',
  'ilmd',
  'persistentDisposition',
  'epcList',
];

/** Every document that differs from `value` in one place: replaced, dropped, or with a key more. */
function* mutations(value: JsonValue): Generator<JsonValue> {
  yield* REPLACEMENTS;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const changed of mutations(item)) yield value.with(index, changed);
      yield [...value, item];
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      yield without(value, key);
      for (const changed of mutations(value[key] ?? null)) yield { ...value, [key]: changed };
    }
    for (const key of EXTRA_KEYS) {
      if (!(key in value)) yield { ...value, [key]: 'https://example.org/1' };
    }
  }
}

function without(value: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

describe('our schema against the official one', () => {
  whenPresent('gives the same verdict on every shared example', () => {
    const isValid = official();
    const verdicts = examples().map((path) => ({
      path,
      official: isValid(parse(path)),
      ours: ours(parse(path)),
    }));
    expect(verdicts.filter((verdict) => verdict.official !== verdict.ours)).toEqual([]);
    expect(verdicts.filter((verdict) => verdict.official).length).toBe(40);
    expect(verdicts.filter((verdict) => !verdict.official).length).toBe(11);
  });

  whenPresent(
    'gives the same verdict on every mutation of one place in the valid examples',
    () => {
      const isValid = official();
      const disagreements: string[] = [];
      const seen = { valid: 0, invalid: 0 };
      for (const path of [
        ...filesIn('examples/valid', /json$/),
        ...filesIn('examples/bare-events', /json$/),
      ].concat(filesIn('examples/query', /^queryDocument/))) {
        const context = JSON.stringify((parse(path) as JsonObject)['@context']);
        for (const mutant of mutations(parse(path))) {
          if (typeof mutant !== 'object' || mutant === null || Array.isArray(mutant)) continue;
          // A context that leads nowhere public is refused on purpose, where the schema takes any words.
          if ('@context' in mutant && JSON.stringify(mutant['@context']) !== context) continue;
          const expected = isValid(mutant);
          seen[expected ? 'valid' : 'invalid'] += 1;
          if (expected !== ours(mutant)) disagreements.push(`${path} ${expected} ${JSON.stringify(mutant)}`);
        }
      }
      expect(disagreements.slice(0, 3)).toEqual([]);
      expect(disagreements.length).toBe(0);
      expect(seen.valid).toBeGreaterThan(3_000);
      expect(seen.invalid).toBeGreaterThan(10_000);
    },
    240_000,
  );
});
