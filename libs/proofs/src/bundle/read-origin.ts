import type {
  Predecessors,
  ProofBundle,
  StatedCorrection,
  StatedDeclaration,
  SubmitterRights,
} from './bundle.js';
import { hex, listOf, members, odd, text, whole } from './shape.js';

const WORD = 32;
const ADDRESS = 20;
const MAX_LINKS = 1_000;
const MAX_NODES = 80;
const MAX_NODE_BYTES = 1_024;
const MAX_TEXT = 65_536;
const MAX_STATED = 1_000;
const MAX_UINT32 = 0xffffffff;

/** A uint64 in decimal digits. */
export function readSeq(value: unknown, at: string): string {
  const seq = text(value, at, 20);
  if (!/^(?:0|[1-9]\d*)$/.test(seq) || BigInt(seq) >= 1n << 64n) throw odd(at, 'a uint64 in digits');
  return seq;
}

/** The partner's batches before this one. */
export function readPredecessors(value: unknown): Predecessors {
  const at = '/predecessors';
  const read = members(value, at, ['head', 'seq', 'links']);
  return {
    head: hex(read['head'], `${at}/head`, WORD),
    seq: readSeq(read['seq'], `${at}/seq`),
    links: listOf(read['links'], `${at}/links`, MAX_LINKS, (entry, here) => {
      const link = members(entry, here, ['root', 'count', 'schemaId']);
      return {
        root: hex(link['root'], `${here}/root`, WORD),
        count: whole(link['count'], `${here}/count`, MAX_UINT32),
        schemaId: hex(link['schemaId'], `${here}/schemaId`, WORD),
      };
    }),
  };
}

/** The state of the registry. */
export function readRights(value: unknown): SubmitterRights {
  const at = '/rights';
  const rights = members(value, at, [
    'registry',
    'gln',
    'accountProof',
    'partnerProof',
    'glnProof',
    'keyProof',
  ]);
  const nodes = (name: string) =>
    listOf(rights[name], `${at}/${name}`, MAX_NODES, (node, here) =>
      hex(node, here, undefined, MAX_NODE_BYTES),
    );
  return {
    registry: hex(rights['registry'], `${at}/registry`, ADDRESS),
    gln: text(rights['gln'], `${at}/gln`, 13),
    accountProof: nodes('accountProof'),
    partnerProof: nodes('partnerProof'),
    glnProof: nodes('glnProof'),
    keyProof: rights['keyProof'] === null ? null : nodes('keyProof'),
  };
}

/** What the server says and nobody proves. */
export function readStated(value: unknown, withDeclarations: boolean): ProofBundle['stated'] {
  const keys = ['asOfBlock', 'corrections'];
  const stated = members(value, '/stated', withDeclarations ? [...keys, 'declarations'] : keys);
  return {
    asOfBlock: whole(stated['asOfBlock'], '/stated/asOfBlock'),
    corrections: listOf(stated['corrections'], '/stated/corrections', MAX_STATED, readCorrection),
    ...(withDeclarations && {
      declarations: listOf(stated['declarations'], '/stated/declarations', MAX_STATED, readDeclaration),
    }),
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

function readDeclaration(value: unknown, at: string): StatedDeclaration {
  const { declaredAt, reason, anchoredInBlock } = members(value, at, [
    'declaredAt',
    'reason',
    'anchoredInBlock',
  ]);
  return {
    declaredAt: text(declaredAt, `${at}/declaredAt`, 40),
    reason: reason === null ? null : text(reason, `${at}/reason`, MAX_TEXT),
    anchoredInBlock: anchoredInBlock === null ? null : whole(anchoredInBlock, `${at}/anchoredInBlock`),
  };
}
