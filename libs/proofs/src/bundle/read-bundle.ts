import type { DisclosureEntry } from '../disclosure.js';
import type { JsonLeafValue } from '../json.js';
import { ProofInputError } from '../proofs.errors.js';
import { BUNDLE_FORMATS, TEXT_BUNDLE_FORMAT, type ProofBundle } from './bundle.js';
import { ANCHOR_KEYS, ORIGIN_KEYS, readAnchor, readOrigin, readSubmission } from './read-anchor-proof.js';
import { readStated } from './read-origin.js';
import { ascending, formatOf, hex, jsonObject, listOf, members, odd, text, wellFormed } from './shape.js';

const WORD = 32;
const MAX_FIELDS = 200_000;
const MAX_TEXT = 65_536;
const MAX_VALUE_TEXT = 1_048_576;

const KEYS = ['format', 'event', 'leaf', ...ANCHOR_KEYS, 'stated'];

/**
 * Reads a parsed bundle: every member there, none besides, each of its form and within its bounds.
 *
 * @throws ProofInputError `BUNDLE` with the JSON Pointer of the first fault
 * @example readBundle(JSON.parse(text)).batch.seq // '1'
 */
export function readBundle(value: unknown): ProofBundle {
  const form = formOf(value);
  const bundle = members(value, '', form === 1 ? KEYS : [...KEYS, ...ORIGIN_KEYS]);
  const event = readEvent(bundle['event']);
  return {
    format: BUNDLE_FORMATS[form],
    event,
    leaf: readLeaf(bundle['leaf'], form === 2 && event.shown === 'some'),
    ...readAnchor(bundle),
    ...(form === 2 && readOrigin(bundle)),
    stated: readStated(bundle['stated'], form === 2),
  };
}

function formOf(value: unknown): 1 | 2 {
  const format = formatOf(value);
  if (format === BUNDLE_FORMATS[1]) return 1;
  if (format === BUNDLE_FORMATS[2]) return 2;
  if (format === TEXT_BUNDLE_FORMAT)
    throw new ProofInputError('BUNDLE', 'the file proves a text, which is shown whole and has no fields');
  throw odd('/format', [...Object.values(BUNDLE_FORMATS), TEXT_BUNDLE_FORMAT].join(', '));
}

function readEvent(value: unknown): ProofBundle['event'] {
  const event = members(value, '/event', ['shown', 'body?', 'secret?', 'namespaces?', 'fields?', 'hidden?']);
  if (event['shown'] === 'all') {
    members(value, '/event', ['shown', 'body', 'secret', 'namespaces']);
    const { namespaces } = event;
    return {
      shown: 'all',
      body: jsonObject(event['body'], '/event/body'),
      secret: hex(event['secret'], '/event/secret', WORD),
      namespaces: namespaces === null ? null : readNamespaces(namespaces),
    };
  }
  if (event['shown'] !== 'some') throw odd('/event/shown', '"all" or "some"');
  members(value, '/event', ['shown', 'fields', 'hidden']);
  const fields = listOf(event['fields'], '/event/fields', MAX_FIELDS, readField);
  ascending(fields, '/event/fields', ({ path }) => path);
  const hidden = listOf(event['hidden'], '/event/hidden', MAX_FIELDS, (digest, at) => hex(digest, at, WORD));
  ascending(hidden, '/event/hidden', (digest) => digest);
  return { shown: 'some', fields, hidden };
}

function readNamespaces(value: unknown): Record<string, string> {
  const entries = Object.entries(jsonObject(value, '/event/namespaces'));
  return Object.fromEntries(
    entries.map(([prefix, namespace]) => [
      wellFormed(prefix, '/event/namespaces', 200),
      wellFormed(namespace, `/event/namespaces/${prefix}`, 2_000),
    ]),
  );
}

function readField(value: unknown, at: string): DisclosureEntry {
  const field = members(value, at, ['path', 'value', 'salt']);
  if (typeof field['value'] === 'string') text(field['value'], `${at}/value`, MAX_VALUE_TEXT);
  else jsonObject({ value: field['value'] }, `${at}/value`);
  return {
    path: wellFormed(field['path'], `${at}/path`, MAX_TEXT),
    value: field['value'] as JsonLeafValue,
    salt: hex(field['salt'], `${at}/salt`, WORD),
  };
}

/** A bundle of the second form that hides fields must not carry a hash that they could be guessed by. */
function readLeaf(value: unknown, isBlinded: boolean): ProofBundle['leaf'] {
  const named = isBlinded ? ['content'] : ['eventHashId', 'jcsSha256'];
  const leaf = members(value, '/leaf', [...named, 'disclosureRoot', 'submitter', 'recordTime']);
  const word = (name: string) => hex(leaf[name], `/leaf/${name}`, WORD);
  return {
    ...(isBlinded
      ? { content: word('content') }
      : { eventHashId: word('eventHashId'), jcsSha256: word('jcsSha256') }),
    disclosureRoot: word('disclosureRoot'),
    ...readSubmission(leaf),
  };
}
