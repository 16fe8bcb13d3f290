import type { TextRecordFields } from '../text-leaf.js';
import { TEXT_BUNDLE_FORMAT, type TextBundle } from './bundle.js';
import { ANCHOR_KEYS, ORIGIN_KEYS, readAnchor, readOrigin, readSubmission } from './read-anchor-proof.js';
import { readStated } from './read-origin.js';
import { formatOf, hex, members, odd, wellFormed } from './shape.js';

const WORD = 32;
const MAX_WORDS = 1_048_576;
const MAX_RECORD_TEXT = 65_536;

const KEYS = ['format', 'text', 'record', 'leaf', ...ANCHOR_KEYS, ...ORIGIN_KEYS, 'stated'];

/**
 * Reads a parsed bundle of a text: every member there, none besides, each of its form and within its bounds.
 *
 * @throws ProofInputError `BUNDLE` with the JSON Pointer of the first fault
 * @example readTextBundle(JSON.parse(words)).record.kind // 'INCIDENT'
 */
export function readTextBundle(value: unknown): TextBundle {
  if (formatOf(value) !== TEXT_BUNDLE_FORMAT) throw odd('/format', TEXT_BUNDLE_FORMAT);
  const bundle = members(value, '', KEYS);
  return {
    format: TEXT_BUNDLE_FORMAT,
    text: wellFormed(bundle['text'], '/text', MAX_WORDS),
    record: readRecord(bundle['record']),
    leaf: readLeaf(bundle['leaf']),
    ...readAnchor(bundle),
    ...readOrigin(bundle),
    stated: readStated(bundle['stated'], false),
  };
}

function readRecord(value: unknown): TextRecordFields {
  const record = members(value, '/record', ['partner', 'kind', 'source', 'reference', 'writtenAt']);
  const field = (name: keyof TextRecordFields): string =>
    wellFormed(record[name], `/record/${name}`, MAX_RECORD_TEXT);
  return {
    partner: field('partner'),
    kind: field('kind'),
    source: field('source'),
    reference: field('reference'),
    writtenAt: field('writtenAt'),
  };
}

function readLeaf(value: unknown): TextBundle['leaf'] {
  const leaf = members(value, '/leaf', ['textSha256', 'recordSha256', 'submitter', 'recordTime']);
  return {
    textSha256: hex(leaf['textSha256'], '/leaf/textSha256', WORD),
    recordSha256: hex(leaf['recordSha256'], '/leaf/recordSha256', WORD),
    ...readSubmission(leaf),
  };
}
