import { fromHex, keccak256, toHex, type Hex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import { decodeRlp, type RlpItem } from '../rlp/rlp.js';
import { nibblesOf, unpackPath } from './nibbles.js';

const HASH = 32;
const BRANCH = 17;

/**
 * The value that a trie with this root holds under `key`.
 *
 * @param proof - nodes from the root down, each once and none besides; a node under 32 bytes stands in its parent
 * @throws ProofInputError `TRIE` or `RLP` where the nodes do not lead there
 * @example provenValue(receiptsRoot, indexKey(3), proof) // the fourth receipt
 */
export function provenValue(root: Hex, key: Uint8Array, proof: readonly Hex[]): Uint8Array {
  const nodes = [...proof];
  let item = nextNode(nodes, fromHex(root, HASH));
  for (let path = nibblesOf(key); ;) {
    const step = follow(item, path);
    if (step.value) {
      if (nodes.length > 0) throw fault(`${nodes.length} nodes more than the way needs`);
      return step.value;
    }
    path = step.path;
    item = step.child instanceof Uint8Array ? nextNode(nodes, step.child) : step.child;
  }
}

function nextNode(nodes: Hex[], hash: Uint8Array): RlpItem {
  if (hash.length !== HASH) throw fault('the way ends before the value');
  const encoded = nodes.shift();
  if (encoded === undefined) throw fault('a node is missing');
  const bytes = fromHex(encoded);
  if (keccak256(bytes) !== toHex(hash)) throw fault('a node is not the one that its parent names');
  return decodeRlp(bytes);
}

type Step = { value: Uint8Array } | { value?: undefined; child: RlpItem; path: Uint8Array };

function follow(node: RlpItem, path: Uint8Array): Step {
  if (node instanceof Uint8Array) throw fault('a node that is no list');
  if (node.length === BRANCH) return followBranch(node, path);
  const [packed, target] = node;
  if (node.length !== 2 || !(packed instanceof Uint8Array) || target === undefined)
    throw fault('a node of neither 2 nor 17 items');
  const { path: own, isLeaf } = unpackPath(packed);
  const matches = own.every((nibble, index) => nibble === path[index]);
  if (!matches || (isLeaf && own.length !== path.length)) throw fault('the way leads to another key');
  if (isLeaf) return { value: nonEmpty(target) };
  if (own.length === 0) throw fault('a node that leads nowhere');
  return { child: target, path: path.subarray(own.length) };
}

function followBranch(node: readonly RlpItem[], path: Uint8Array): Step {
  const nibble = path[0];
  if (nibble === undefined) return { value: nonEmpty(node[BRANCH - 1]!) };
  return { child: node[nibble]!, path: path.subarray(1) };
}

function nonEmpty(value: RlpItem): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length === 0) throw fault('no value at the end of the way');
  return value;
}

function fault(what: string): ProofInputError {
  return new ProofInputError('TRIE', what);
}
