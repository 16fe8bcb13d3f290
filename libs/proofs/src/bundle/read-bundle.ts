import type { DisclosureEntry } from '../disclosure.js';
import type { JsonLeafValue } from '../json.js';
import { BUNDLE_FORMATS, type ProofBundle } from './bundle.js';
import { readPredecessors, readRights, readSeq, readStated } from './read-origin.js';
import { ascending, hex, jsonObject, listOf, members, odd, text, whole } from './shape.js';

const WORD = 32;
const ADDRESS = 20;
const MAX_FIELDS = 200_000;
const MAX_PATH = 64;
const MAX_NODES = 32;
const MAX_NODE_BYTES = 8 * 1024 * 1024;
const MAX_TEXT = 65_536;
const MAX_VALUE_TEXT = 1_048_576;
const MAX_UINT32 = 0xffffffff;

const KEYS = ['format', 'chainId', 'anchorContract', 'event', 'leaf', 'batch', 'log', 'header', 'stated'];

/**
 * Reads a parsed bundle: every member there, none besides, each of its form and within its bounds.
 *
 * @throws ProofInputError `BUNDLE` with the JSON Pointer of the first fault
 * @example readBundle(JSON.parse(text)).batch.seq // '1'
 */
export function readBundle(value: unknown): ProofBundle {
  const form = formOf(value);
  const bundle = members(value, '', form === 1 ? KEYS : [...KEYS, 'predecessors', 'rights']);
  const event = readEvent(bundle['event']);
  return {
    format: BUNDLE_FORMATS[form],
    chainId: whole(bundle['chainId'], '/chainId'),
    anchorContract: hex(bundle['anchorContract'], '/anchorContract', ADDRESS),
    event,
    leaf: readLeaf(bundle['leaf'], form === 2 && event.shown === 'some'),
    batch: readBatch(bundle['batch']),
    log: readLog(bundle['log']),
    header: listOf(bundle['header'], '/header', MAX_NODES, (field, at) => hex(field, at)),
    ...(form === 2 && {
      predecessors: readPredecessors(bundle['predecessors']),
      rights: bundle['rights'] === null ? null : readRights(bundle['rights']),
    }),
    stated: readStated(bundle['stated'], form === 2),
  };
}

function formOf(value: unknown): 1 | 2 {
  const known = [...KEYS, 'predecessors?', 'rights?'];
  const { format } = members(value, '', known);
  if (format === BUNDLE_FORMATS[1]) return 1;
  if (format === BUNDLE_FORMATS[2]) return 2;
  throw odd('/format', Object.values(BUNDLE_FORMATS).join(' or '));
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
      text(prefix, '/event/namespaces', 200),
      text(namespace, `/event/namespaces/${prefix}`, 2_000),
    ]),
  );
}

function readField(value: unknown, at: string): DisclosureEntry {
  const field = members(value, at, ['path', 'value', 'salt']);
  if (typeof field['value'] === 'string') text(field['value'], `${at}/value`, MAX_VALUE_TEXT);
  else jsonObject({ value: field['value'] }, `${at}/value`);
  return {
    path: text(field['path'], `${at}/path`, MAX_TEXT),
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
    submitter: hex(leaf['submitter'], '/leaf/submitter', ADDRESS),
    recordTime: whole(leaf['recordTime'], '/leaf/recordTime'),
  };
}

function readBatch(value: unknown): ProofBundle['batch'] {
  const keys = ['partner', 'root', 'count', 'seq', 'prevHead', 'head', 'schemaId', 'uri', 'path'];
  const batch = members(value, '/batch', keys);
  return {
    partner: hex(batch['partner'], '/batch/partner', ADDRESS),
    root: hex(batch['root'], '/batch/root', WORD),
    count: whole(batch['count'], '/batch/count', MAX_UINT32),
    seq: readSeq(batch['seq'], '/batch/seq'),
    prevHead: hex(batch['prevHead'], '/batch/prevHead', WORD),
    head: hex(batch['head'], '/batch/head', WORD),
    schemaId: hex(batch['schemaId'], '/batch/schemaId', WORD),
    uri: text(batch['uri'], '/batch/uri', MAX_TEXT),
    path: listOf(batch['path'], '/batch/path', MAX_PATH, (sibling, at) => hex(sibling, at, WORD)),
  };
}

function readLog(value: unknown): ProofBundle['log'] {
  const log = members(value, '/log', ['transactionIndex', 'position', 'receiptProof', 'transactionProof']);
  const nodes = (name: string) =>
    listOf(log[name], `/log/${name}`, MAX_NODES, (node, at) => hex(node, at, undefined, MAX_NODE_BYTES));
  return {
    transactionIndex: whole(log['transactionIndex'], '/log/transactionIndex', MAX_UINT32),
    position: whole(log['position'], '/log/position', MAX_UINT32),
    receiptProof: nodes('receiptProof'),
    transactionProof: nodes('transactionProof'),
  };
}
