import { keccak_256 } from '@noble/hashes/sha3.js';
import { fromHex, toHex, type Hex } from './hex.js';
import { ProofInputError } from './proofs.errors.js';

/** Bytes of a leaf and of a node. */
export const WORD = 32;

/** A Merkle tree over 32-byte leaves. */
export type MerkleTree = {
  root: Hex;
  /** Siblings from the leaf at `index` (position in the list the tree was made of) up to the root. */
  proof: (index: number) => Hex[];
};

/**
 * Builds the tree that `@openzeppelin/merkle-tree`'s SimpleMerkleTree builds: leaves sorted, each pair sorted before
 * it is hashed, so that OpenZeppelin's MerkleProof.verify accepts every proof. About 5 µs a leaf.
 *
 * @throws ProofInputError `NO_LEAVES`, or `NOT_HEX`/`WRONG_LENGTH` for a leaf that is not 32 bytes
 * @example merkleTree([leafA, leafB]).proof(0) // [leafB]
 */
export function merkleTree(leaves: readonly Hex[]): MerkleTree {
  if (leaves.length === 0) throw new ProofInputError('NO_LEAVES', 'a tree needs at least one leaf');
  const words = leaves.map((leaf) => fromHex(leaf, WORD));
  const { nodes, nodeOfLeaf } = treeNodes(words, keccak_256);
  return {
    root: toHex(nodes.subarray(0, WORD)),
    proof: (index) => {
      const node = nodeOfLeaf[index];
      if (node === undefined)
        throw new ProofInputError('NO_SUCH_LEAF', `no leaf ${index} among ${leaves.length}`);
      return siblings(nodes, node);
    },
  };
}

/** Nodes that are hashed between two pauses: some fifty milliseconds. */
const NODES_A_TURN = 8_192;

/**
 * The root of {@link merkleTree} over leaves in bytes, made in turns: a million leaves take seconds, in which others must be
 * answered. It needs eight bytes a leaf beside the leaves, whose memory it works in.
 *
 * @param leaves one after the other; gone afterwards
 * @param pause lets others work, such as `setImmediate` of `node:timers/promises`
 * @throws ProofInputError `NO_LEAVES`
 */
export async function merkleRoot(leaves: Uint8Array, pause: () => Promise<unknown>): Promise<Hex> {
  const count = leaves.length / WORD;
  if (count === 0) throw new ProofInputError('NO_LEAVES', 'a tree needs at least one leaf');
  sortWords(leaves);
  const pair = new Uint8Array(2 * WORD);
  // From the last node to the root each is made of the two that come next: they leave the front of a queue, it joins the end.
  for (let made = 0; made < count - 1; made++) {
    const [one, other] = [nodeAt(leaves, (2 * made) % count), nodeAt(leaves, (2 * made + 1) % count)];
    leaves.set(hashPair(pair, one, other), (made % count) * WORD);
    if (made % NODES_A_TURN === 0) await pause();
  }
  return toHex(nodeAt(leaves, Math.max(0, count - 2)));
}

/**
 * Says whether `leaf` lies under `root`. Malformed hex is an answer of false, not an error.
 *
 * @example verifyMerkleProof(tree.root, leaves[3], tree.proof(3)) // true
 */
export function verifyMerkleProof(root: string, leaf: string, proof: readonly string[]): boolean {
  try {
    const expected = toHex(fromHex(root, WORD));
    const pair = new Uint8Array(2 * WORD);
    let node = fromHex(leaf, WORD);
    for (const step of proof) node = hashPair(pair, node, fromHex(step, WORD));
    return toHex(node) === expected;
  } catch (error) {
    if (error instanceof ProofInputError) return false;
    throw error;
  }
}

/** Keccak-256 of a pair of nodes; the result is copied before the next call. */
type Keccak = (pair: Uint8Array) => Uint8Array;

/** All nodes of the tree, root first, and where each leaf lies among them. At least one leaf. */
export function treeNodes(
  words: readonly Uint8Array[],
  keccak: Keccak,
): { nodes: Uint8Array; nodeOfLeaf: Uint32Array } {
  const nodes = new Uint8Array((2 * words.length - 1) * WORD);
  const last = 2 * words.length - 2;
  const nodeOfLeaf = new Uint32Array(words.length);
  sortedOrder(words).forEach((leaf, rank) => {
    nodeOfLeaf[leaf] = last - rank;
    nodes.set(words[leaf]!, (last - rank) * WORD);
  });
  const pair = new Uint8Array(2 * WORD);
  for (let node = words.length - 2; node >= 0; node--) {
    const inner = hashPair(pair, nodeAt(nodes, 2 * node + 1), nodeAt(nodes, 2 * node + 2), keccak);
    nodes.set(inner, node * WORD);
  }
  return { nodes, nodeOfLeaf };
}

function siblings(nodes: Uint8Array, leafNode: number): Hex[] {
  const path: Hex[] = [];
  for (let node = leafNode; node > 0; node = (node - 1) >> 1) {
    path.push(toHex(nodeAt(nodes, node % 2 === 1 ? node + 1 : node - 1)));
  }
  return path;
}

function nodeAt(nodes: Uint8Array, node: number): Uint8Array {
  return nodes.subarray(node * WORD, (node + 1) * WORD);
}

/** `pair` is scratch space of 64 bytes, passed in so that a tree of many leaves allocates it once. */
function hashPair(pair: Uint8Array, a: Uint8Array, b: Uint8Array, keccak: Keccak = keccak_256): Uint8Array {
  const ordered = compareWords(a, b) <= 0;
  pair.set(ordered ? a : b, 0);
  pair.set(ordered ? b : a, WORD);
  return keccak(pair);
}

/** Leaf numbers in ascending order of their bytes; 48 bits decide nearly always, the rest of the word breaks ties. */
function sortedOrder(words: readonly Uint8Array[]): Uint32Array {
  const prefixes = Float64Array.from(words, (word) => {
    const view = new DataView(word.buffer, word.byteOffset, WORD);
    return view.getUint32(0) * 65536 + view.getUint16(4);
  });
  return Uint32Array.from(words, (_, index) => index).sort(
    (a, b) => prefixes[a]! - prefixes[b]! || compareWords(words[a]!, words[b]!) || a - b,
  );
}

/** Bits of a word that are read for its key, and those that a number holds exactly. */
const PREFIX_BITS = 48;
const EXACT_BITS = 53;

/** Sorts words in place: by keys of their beginnings and numbers, which need no words compared, then where beginnings are alike. */
function sortWords(words: Uint8Array): void {
  const count = words.length / WORD;
  const numbers = 2 ** Math.ceil(Math.log2(count + 1));
  const cut = 2 ** Math.max(0, PREFIX_BITS - EXACT_BITS + Math.log2(numbers));
  const view = new DataView(words.buffer, words.byteOffset, words.length);
  const order = Float64Array.from({ length: count }, (_, at) => {
    const prefix = view.getUint32(at * WORD) * 65536 + view.getUint16(at * WORD + 4);
    return Math.floor(prefix / cut) * numbers + at;
  }).sort();
  for (let rank = 0; rank < count; rank++) {
    order[rank]! %= numbers;
    for (let at = rank; at > 0 && isAfter(words, order[at - 1]!, order[at]!); at--)
      [order[at - 1], order[at]] = [order[at]!, order[at - 1]!];
  }
  moveInto(words, order);
}

function isAfter(words: Uint8Array, one: number, other: number): boolean {
  for (let at = 0; at < WORD; at++) {
    const difference = words[one * WORD + at]! - words[other * WORD + at]!;
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Puts the words in an order, in place; `order` is used up. */
function moveInto(words: Uint8Array, order: Float64Array): void {
  for (let begin = 0; begin < order.length; begin++) {
    const first = Uint8Array.from(nodeAt(words, begin));
    let place = begin;
    for (let from = order[place]!; from !== begin; from = order[place]!) {
      words.copyWithin(place * WORD, from * WORD, (from + 1) * WORD);
      order[place] = place;
      place = from;
    }
    words.set(first, place * WORD);
    order[place] = place;
  }
}

function compareWords(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < WORD; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
