import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { canonicalJson } from '../canonical/jcs.js';
import type { EventFault } from '../checks/event-fault.js';
import { readJson } from '../document/read-json.js';
import type { EpcisEvent, JsonObject } from '../epcis.types.js';
import { eventSchemaOf } from './event-schema.js';
import { profileFaults, type ProfileFault } from './check-profile.js';
import { linearPattern } from './linear-pattern.js';
import { PROFILE_FORMATS } from './profile-keywords.js';
import { profileErrorInWords } from './profile-words.js';

/** A profile that can judge events. */
export type Profile = {
  /** The JSON Schema as it was given. */
  schema: JsonObject;
  /** What the profile does not allow in an event that is right by the standard; pointers start at the event. */
  faults(event: EpcisEvent): EventFault[];
};

/** A profile, or why it is none. */
export type ProfileResult = { ok: true; profile: Profile } | { ok: false; faults: ProfileFault[] };

const BOUNDS = { maxBytes: 256 * 1024, maxDepth: 48, maxTextLength: 4_096 };
const DRAFT_07 = /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/;
const DRAFT_2020_12 = /^https:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;

/**
 * Reads a partner profile: a JSON Schema (2020-12 unless `$schema` says draft-07) on top of the standard's own, which
 * may be named by its address and is never fetched. Whoever writes a profile cannot make its judgement slow.
 *
 * @param input - JSON text, its bytes, or parsed JSON
 * @example readProfile('{"required":["eventID"]}') // { ok: true, profile: { faults, … } }
 */
export function readProfile(input: Uint8Array | string | object): ProfileResult {
  const read = readJson(input, BOUNDS);
  if (!read.ok) return { ok: false, faults: [read.fault] };
  const schema = read.value;
  const faults = profileFaults(schema);
  const dialect = schema['$schema'];
  const isKnown = typeof dialect === 'string' && (DRAFT_07.test(dialect) || DRAFT_2020_12.test(dialect));
  if (dialect !== undefined && !isKnown) {
    const expected =
      'https://json-schema.org/draft/2020-12/schema or http://json-schema.org/draft-07/schema#';
    faults.push({ pointer: '/$schema', rule: 'dialect', found: JSON.stringify(dialect), expected });
  }
  const reduced = eventSchemaOf(schema);
  faults.push(...reduced.faults);
  if (faults.length > 0) return { ok: false, faults };
  const ajv = ajvOf(typeof dialect === 'string' && DRAFT_07.test(dialect));
  if (!ajv.validateSchema(schema)) return { ok: false, faults: (ajv.errors ?? []).map(malformed) };
  const validate = ajv.compile(reduced.schema);
  return { ok: true, profile: { schema, faults: (event) => faultsOf(validate, event) } };
}

function faultsOf(validate: ValidateFunction, event: EpcisEvent): EventFault[] {
  if (validate(event)) return [];
  const words = (validate.errors ?? []).flatMap((error) => profileErrorInWords(error) ?? []);
  if (words.length > 0) return words;
  return [
    { pointer: '', rule: 'form', found: 'an event of another form', expected: 'what the profile describes' },
  ];
}

function malformed(error: ErrorObject): ProfileFault {
  return {
    pointer: error.instancePath,
    rule: 'schema',
    found: 'a value',
    expected: error.message ?? 'a schema',
  };
}

function ajvOf(isDraft07: boolean): Ajv {
  // ajv tells one pattern from another by its text.
  const engine = (source: string): object => ({ ...linearPattern(source), toString: () => source });
  const regExp = Object.assign(engine, { code: 'linearPattern' });
  const options = { strict: false, allErrors: true, verbose: true, code: { regExp } };
  const ajv = isDraft07 ? new Ajv(options as object) : (new Ajv2020(options as object) as unknown as Ajv);
  addFormats.default(ajv, [...PROFILE_FORMATS]);
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (isAsked: boolean, items: unknown[]) => !isAsked || areUnique(items),
  });
  return ajv;
}

/** In linear time, whatever the items are. */
function areUnique(items: readonly unknown[]): boolean {
  return new Set(items.map((item) => canonicalJson({ item } as JsonObject))).size === items.length;
}
