import type { JsonObject } from '@tallyhouse/proofs';
import { unreadable } from '../artifact/manifest.js';
import { isNumber, isRecord } from '../plain-json.js';
import { isLeaf, isWholeTree, type BoostedTrees, type TreeNodes } from './tree-nodes.js';

const MOST_TREES = 500;
/** A tree seven splits deep that is full. */
const MOST_NODES = 255;
/** Log-odds that one leaf adds, and that all trees begin with: a probability beyond e^-20 is no estimate. */
const MOST_ODDS = 20;

/** As a file has them; nodes stay in preorder, so that no tree can point back into itself. */
export const treesJson = ({ start, trees }: BoostedTrees): JsonObject => ({
  start,
  trees: trees.map((nodes) => nodes.map((node) => [...node])),
});

/** What was found, short enough for a message. */
export const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);

/**
 * Trees from a file that need not be trusted.
 *
 * @param path where they stand, for messages
 * @param features that a row has
 * @throws {ForecastingError} ARTIFACT_UNREADABLE naming the node
 */
export function readTrees(found: unknown, path: string, features: number): BoostedTrees {
  if (!isRecord(found)) throw unreadable(`${path}: expected start and trees, found ${shown(found)}`);
  const { start, trees, ...others } = found;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw unreadable(`${path}.${unknown.slice(0, 80)}: there is no such field`);
  if (!isNumber(start) || Math.abs(start) > MOST_ODDS)
    throw unreadable(`${path}.start: expected log-odds of at most ${MOST_ODDS}, found ${shown(start)}`);
  if (!Array.isArray(trees) || trees.length < 1 || trees.length > MOST_TREES)
    throw unreadable(
      `${path}.trees: expected 1 to ${MOST_TREES} trees, found ${Array.isArray(trees) ? trees.length : shown(trees)}`,
    );
  return {
    start,
    trees: (trees as unknown[]).map((tree, at) => readTree(tree, `${path}.trees[${at}]`, features)),
  };
}

function readTree(found: unknown, path: string, features: number): TreeNodes {
  if (!Array.isArray(found) || found.length < 1 || found.length > MOST_NODES)
    throw unreadable(
      `${path}: expected 1 to ${MOST_NODES} nodes, found ${Array.isArray(found) ? found.length : shown(found)}`,
    );
  (found as unknown[]).forEach((node, at) => assertNode(node, `${path}[${at}]`, features));
  const nodes = found as TreeNodes;
  if (!isWholeTree(nodes)) throw unreadable(`${path}: the nodes are not one whole tree in preorder`);
  return nodes;
}

function assertNode(node: unknown, path: string, features: number): void {
  const numbers: unknown[] = Array.isArray(node) ? node : [];
  if (numbers.length < 1 || numbers.length > 2 || !numbers.every(isNumber))
    throw unreadable(`${path}: expected [feature, threshold] or [value], found ${shown(node)}`);
  const [first] = numbers;
  if (isLeaf(numbers)) {
    if (Math.abs(first!) <= MOST_ODDS) return;
    throw unreadable(`${path}: expected log-odds of at most ${MOST_ODDS}, found ${shown(first)}`);
  }
  if (Number.isInteger(first) && first! >= 0 && first! < features) return;
  throw unreadable(`${path}: expected one of ${features} features, found ${shown(first)}`);
}
