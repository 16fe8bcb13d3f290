import type { AnchorProof } from './bundle.js';
import { readPredecessors, readRights, readSeq } from './read-origin.js';
import { hex, listOf, members, text, whole, type Members } from './shape.js';

const WORD = 32;
const ADDRESS = 20;
const MAX_PATH = 64;
const MAX_NODES = 32;
const MAX_NODE_BYTES = 8 * 1024 * 1024;
const MAX_TEXT = 65_536;
const MAX_UINT32 = 0xffffffff;

/** Members of every bundle besides its format, what it is about, its leaf and what is stated. */
export const ANCHOR_KEYS = ['chainId', 'anchorContract', 'batch', 'log', 'header'];
/** Those that only the first form of events lacks. */
export const ORIGIN_KEYS = ['predecessors', 'rights'];

/** What leads from the leaf to the block. */
export function readAnchor(
  bundle: Members,
): Pick<AnchorProof, 'chainId' | 'anchorContract' | 'batch' | 'log' | 'header'> {
  return {
    chainId: whole(bundle['chainId'], '/chainId'),
    anchorContract: hex(bundle['anchorContract'], '/anchorContract', ADDRESS),
    batch: readBatch(bundle['batch']),
    log: readLog(bundle['log']),
    header: listOf(bundle['header'], '/header', MAX_NODES, (field, at) => hex(field, at)),
  };
}

/** What came before the batch, and who might submit it. */
export function readOrigin(bundle: Members): Required<Pick<AnchorProof, 'predecessors' | 'rights'>> {
  return {
    predecessors: readPredecessors(bundle['predecessors']),
    rights: bundle['rights'] === null ? null : readRights(bundle['rights']),
  };
}

/** Who submitted a leaf and when. */
export function readSubmission(leaf: Members): AnchorProof['leaf'] {
  return {
    submitter: hex(leaf['submitter'], '/leaf/submitter', ADDRESS),
    recordTime: whole(leaf['recordTime'], '/leaf/recordTime'),
  };
}

function readBatch(value: unknown): AnchorProof['batch'] {
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

function readLog(value: unknown): AnchorProof['log'] {
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
