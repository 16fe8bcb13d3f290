import type { DisclosureEntry } from '../disclosure.js';
import type { JsonLeafValue } from '../json.js';
import { BUNDLE_FORMAT, type ProofBundle, type StatedCorrection } from './bundle.js';
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
const MAX_CORRECTIONS = 1_000;

/**
 * Reads a parsed bundle: every member there, none besides, each of its form and within its bounds.
 *
 * @throws ProofInputError `BUNDLE` with the JSON Pointer of the first fault
 * @example readBundle(JSON.parse(text)).batch.seq // '1'
 */
export function readBundle(value: unknown): ProofBundle {
  const keys = ['format', 'chainId', 'anchorContract', 'event', 'leaf', 'batch', 'log', 'header', 'stated'];
  const bundle = members(value, '', keys);
  if (bundle['format'] !== BUNDLE_FORMAT) throw odd('/format', BUNDLE_FORMAT);
  return {
    format: BUNDLE_FORMAT,
    chainId: whole(bundle['chainId'], '/chainId'),
    anchorContract: hex(bundle['anchorContract'], '/anchorContract', ADDRESS),
    event: readEvent(bundle['event']),
    leaf: readLeaf(bundle['leaf']),
    batch: readBatch(bundle['batch']),
    log: readLog(bundle['log']),
    header: listOf(bundle['header'], '/header', MAX_NODES, (field, at) => hex(field, at)),
    stated: readStated(bundle['stated']),
  };
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

function readLeaf(value: unknown): ProofBundle['leaf'] {
  const leaf = members(value, '/leaf', [
    'eventHashId',
    'jcsSha256',
    'disclosureRoot',
    'submitter',
    'recordTime',
  ]);
  return {
    eventHashId: hex(leaf['eventHashId'], '/leaf/eventHashId', WORD),
    jcsSha256: hex(leaf['jcsSha256'], '/leaf/jcsSha256', WORD),
    disclosureRoot: hex(leaf['disclosureRoot'], '/leaf/disclosureRoot', WORD),
    submitter: hex(leaf['submitter'], '/leaf/submitter', ADDRESS),
    recordTime: whole(leaf['recordTime'], '/leaf/recordTime'),
  };
}

function readBatch(value: unknown): ProofBundle['batch'] {
  const keys = ['partner', 'root', 'count', 'seq', 'prevHead', 'head', 'schemaId', 'uri', 'path'];
  const batch = members(value, '/batch', keys);
  const seq = text(batch['seq'], '/batch/seq', 20);
  if (!/^(?:0|[1-9]\d*)$/.test(seq) || BigInt(seq) >= 1n << 64n)
    throw odd('/batch/seq', 'a uint64 in digits');
  return {
    partner: hex(batch['partner'], '/batch/partner', ADDRESS),
    root: hex(batch['root'], '/batch/root', WORD),
    count: whole(batch['count'], '/batch/count', MAX_UINT32),
    seq,
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

function readStated(value: unknown): ProofBundle['stated'] {
  const stated = members(value, '/stated', ['asOfBlock', 'corrections']);
  return {
    asOfBlock: whole(stated['asOfBlock'], '/stated/asOfBlock'),
    corrections: listOf(stated['corrections'], '/stated/corrections', MAX_CORRECTIONS, readCorrection),
  };
}

function readCorrection(value: unknown, at: string): StatedCorrection {
  const correction = members(value, at, ['block', 'transaction', 'reason', 'submitter']);
  return {
    block: whole(correction['block'], `${at}/block`),
    transaction: hex(correction['transaction'], `${at}/transaction`, WORD),
    reason: text(correction['reason'], `${at}/reason`, MAX_TEXT),
    submitter: hex(correction['submitter'], `${at}/submitter`, ADDRESS),
  };
}
