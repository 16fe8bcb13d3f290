import { keccak_256 } from '@noble/hashes/sha3.js';
import { toHex, type Hex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import { encodeRlp, quantityBytes, type RlpItem } from '../rlp/rlp.js';
import { nibblesOf, packPath, sharedLength } from './nibbles.js';

/** A Merkle-Patricia trie, complete. */
export type Trie = {
  root: Hex;
  /** Nodes from the root to the value under `key`, as they are hashed. */
  proof: (key: Uint8Array) => Hex[];
};

type Entry = { path: Uint8Array; value: Uint8Array };
type Node = { item: RlpItem; encoded: Uint8Array; below: (nibble: number) => Step | undefined };
type Step = { node: Node; length: number };

const HASH = 32;
const EMPTY = new Uint8Array();

/**
 * Builds a Merkle-Patricia trie (Yellow Paper, appendix D).
 *
 * @param entries - keys and values; no key twice, no empty value
 * @throws ProofInputError `TRIE` for none, a key twice or an empty value; `proof` throws it for an unknown key
 * @example buildTrie([[key, value]]).root // '0x' and 64 digits
 */
export function buildTrie(entries: readonly (readonly [Uint8Array, Uint8Array])[]): Trie {
  const paths = entries.map(([key, value]): Entry => ({ path: nibblesOf(key), value }));
  if (paths.length === 0 || paths.some(({ value }) => value.length === 0))
    throw new ProofInputError('TRIE', 'a trie needs entries, and each a value');
  const known = new Set(entries.map(([key]) => toHex(key)));
  if (known.size < paths.length) throw new ProofInputError('TRIE', 'a key stands twice in the trie');
  const root = nodeOf(paths, 0);
  return {
    root: toHex(keccak_256(root.encoded)),
    proof: (key) => {
      if (!known.has(toHex(key))) throw new ProofInputError('TRIE', `no entry under ${toHex(key)}`);
      return nodesTo(root, nibblesOf(key)).map(toHex);
    },
  };
}

/**
 * The trie of a block over its receipts or transactions: value i under RLP(i).
 *
 * @throws ProofInputError as {@link buildTrie}
 * @example indexTrie(receipts).root === header.receiptsRoot
 */
export function indexTrie(values: readonly Uint8Array[]): Trie {
  return buildTrie(values.map((value, index) => [indexKey(index), value]));
}

/** Key of the receipt or transaction at a position in its block. */
export function indexKey(index: number): Uint8Array {
  return encodeRlp(quantityBytes(BigInt(index)));
}

function nodesTo(root: Node, path: Uint8Array): Uint8Array[] {
  const nodes = [root.encoded];
  let step = root.below(path[0] ?? -1);
  for (let at = 0; step;) {
    if (step.node.encoded.length >= HASH) nodes.push(step.node.encoded);
    at += step.length;
    step = step.node.below(path[at] ?? -1);
  }
  return nodes;
}

/** The node over entries that share their first `depth` half bytes. */
function nodeOf(entries: readonly Entry[], depth: number): Node {
  const first = entries[0]!;
  if (entries.length === 1)
    return finished([packPath(first.path.subarray(depth), true), first.value], () => undefined);
  const rest = first.path.subarray(depth);
  const shared = Math.min(...entries.map(({ path }) => sharedLength(path.subarray(depth), rest)));
  if (shared === 0) return branchOf(entries, depth);
  const child = branchOf(entries, depth + shared);
  const below = (): Step => ({ node: child, length: shared });
  return finished([packPath(rest.subarray(0, shared), false), reference(child)], below);
}

function branchOf(entries: readonly Entry[], depth: number): Node {
  const groups = Array.from({ length: 16 }, (_, nibble) =>
    entries.filter(({ path }) => path.length > depth && path[depth] === nibble),
  );
  const children = groups.map((group) => (group.length > 0 ? nodeOf(group, depth + 1) : undefined));
  const own = entries.find(({ path }) => path.length === depth)?.value ?? EMPTY;
  const item = [...children.map((child) => (child ? reference(child) : EMPTY)), own];
  return finished(item, (nibble) => {
    const node = children[nibble];
    return node && { node, length: 1 };
  });
}

function finished(item: RlpItem, below: Node['below']): Node {
  return { item, encoded: encodeRlp(item), below };
}

/** A node shorter than a hash stands in its parent itself. */
function reference(node: Node): RlpItem {
  return node.encoded.length < HASH ? node.item : keccak_256(node.encoded);
}
