import type { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import {
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  DISPOSITIONS,
  ERROR_REASONS,
  MEASUREMENT_TYPES,
  SENSOR_COMPONENTS,
  SENSOR_EXCEPTIONS,
  SOURCE_DEST_TYPES,
} from './words.js';

type TextTest = (text: string) => boolean;

const CBV_NAMESPACE = /^(?:urn:epcglobal:cbv|https?:\/\/ns\.gs1\.org\/cbv\/)/;
const GS1_VOCABULARY = /^https?:\/\/(?:www\.)?gs1\.org\/voc\//;
/** Plain signs only: such a URI is always valid, and nearly every URI of an event is such a one. */
const PLAIN_URI = /^(?:https?:\/\/[a-z0-9.-]+\/|urn:[a-z0-9]+:)[A-Za-z0-9/:.;=_-]*$/;

/** What a reader of an error should know of each format. */
export const FORMAT_TEXTS: Record<string, string> = {
  uri: 'a URI',
  'date-time': 'an RFC 3339 date and time with offset, as 2026-01-31T08:30:00.000+01:00',
  'biz-step': 'a CBV business step (shipping, receiving, …) or a URI of your own vocabulary',
  disposition: 'a CBV disposition (in_transit, in_progress, …) or a URI of your own vocabulary',
  'biz-transaction-type': 'a CBV transaction type (po, desadv, inv, …) or a URI of your own vocabulary',
  'source-dest-type': 'owning_party, possessing_party, location or a URI of your own vocabulary',
  'error-reason': 'did_not_occur, incorrect_data or a URI of your own vocabulary',
  measurement:
    'a GS1 measurement type (Temperature, RelativeHumidity, …) or a URI outside the GS1 vocabulary',
  'sensor-exception': 'ALARM_CONDITION, ERROR_CONDITION or a URI outside the GS1 vocabulary',
  'sensor-component': 'a CBV component (x, latitude, …) or a URI of your own vocabulary',
};

/** Teaches `ajv` the formats of this schema; verdicts on `uri` and `date-time` are those of ajv-formats. */
export function addEpcisFormats(ajv: Ajv, keySets: Readonly<Record<string, ReadonlySet<string>>>): void {
  addFormats.default(ajv, ['uri', 'date-time']);
  const strictUri = ajv.formats['uri'] as TextTest;
  const isUri: TextTest = (text) => PLAIN_URI.test(text) || strictUri(text);
  const word = (words: ReadonlySet<string>, reserved: RegExp): TextTest => {
    return (text) => words.has(text) || (isUri(text) && !reserved.test(text));
  };
  const formats: Record<string, TextTest> = {
    uri: isUri,
    'biz-step': word(BIZ_STEPS, CBV_NAMESPACE),
    disposition: word(DISPOSITIONS, CBV_NAMESPACE),
    'biz-transaction-type': word(BIZ_TRANSACTION_TYPES, CBV_NAMESPACE),
    'source-dest-type': word(SOURCE_DEST_TYPES, CBV_NAMESPACE),
    'error-reason': word(ERROR_REASONS, CBV_NAMESPACE),
    measurement: word(MEASUREMENT_TYPES, GS1_VOCABULARY),
    'sensor-exception': word(SENSOR_EXCEPTIONS, GS1_VOCABULARY),
    'sensor-component': word(SENSOR_COMPONENTS, CBV_NAMESPACE),
  };
  for (const [name, keys] of Object.entries(keySets)) formats[name] = (text) => keys.has(text) || isUri(text);
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, { type: 'string', validate });
}
