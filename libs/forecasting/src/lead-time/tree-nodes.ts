/** A tree in preorder: `[feature, threshold]` parts rows, those up to the threshold going on at the next node; `[value]` is a leaf. */
export type TreeNodes = readonly (readonly number[])[];

/** Trees whose leaves add up to log-odds, from where they start. Plain numbers, so that they can be written down. */
export interface BoostedTrees {
  readonly start: number;
  readonly trees: readonly TreeNodes[];
}

export const isLeaf = (node: readonly number[]): boolean => node.length === 1;

/** Whether the nodes are one whole tree: none is missing, and none is left over. */
export function isWholeTree(nodes: TreeNodes): boolean {
  let open = 1;
  for (const node of nodes) {
    if (open === 0) return false;
    open += isLeaf(node) ? -1 : 1;
  }
  return open === 0;
}

/** Where each part of a tree goes on for rows above its threshold; -1 at leaves. */
function highBranches(nodes: TreeNodes): Int32Array {
  const high = new Int32Array(nodes.length).fill(-1);
  const branches: number[] = [];
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    if (!isLeaf(nodes[at]!)) {
      branches.pop();
      high[at] = branches.pop()!;
    }
    branches.push(at);
  }
  return high;
}

/**
 * Log-odds of yes by trees.
 *
 * @example logOdds({ start: 0, trees: [[[0, 5], [-1], [1]]] })(Float64Array.of(6)) // 1
 */
export function logOdds({ start, trees }: BoostedTrees): (row: Float64Array) => number {
  const opened = trees.map((nodes) => ({ nodes, high: highBranches(nodes) }));
  return (row) =>
    opened.reduce((sum, { nodes, high }) => {
      let at = 0;
      while (high[at] !== -1) {
        const [feature, threshold] = nodes[at]!;
        at = row[feature!]! > threshold! ? high[at]! : at + 1;
      }
      return sum + nodes[at]![0]!;
    }, start);
}
