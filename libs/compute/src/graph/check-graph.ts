import { ComputeError } from '../compute.errors.js';
import { product, sameDims, showDims } from './dims.js';
import type { Graph } from './graph.js';
import { namePattern, operandOf } from './graph-recorder.js';
import { infer } from './infer.js';
import type { Operand } from './operand.js';

/** No single value may hold more elements than this (1 GiB of float32) before named dims are counted. */
const mostElements = 2 ** 28;

function refuse(message: string): never {
  throw new ComputeError('bad-graph', message);
}

/**
 * Infers every shape of a graph again, as one does with a graph that somebody else wrote: each name made once and
 * before its use, operands fit, sizes bounded, outputs as declared.
 * @throws ComputeError `bad-graph`, naming the node
 */
export function checkGraph(graph: Graph): void {
  const known = new Map<string, Operand>();
  const define = (name: string, operand: Operand): void => {
    if (!namePattern.test(name)) refuse(`'${name}' is not an allowed name`);
    if (known.has(name)) refuse(`the name '${name}' is made twice`);
    const size = product(operand.dims);
    const bounded = Number(typeof size === 'number' ? size : (size.match(/\d+$/)?.[0] ?? 1));
    if (bounded > mostElements) refuse(`'${name}' ${showDims(operand.dims)} is too large`);
    known.set(name, operand);
  };
  for (const { name, type, dims } of graph.inputs) define(name, { type, dims });
  for (const [name, tensor] of Object.entries(graph.initializers)) define(name, operandOf(tensor));
  for (const { name, operator, inputs, output, attributes } of graph.nodes) {
    const operands = inputs.map(
      (input) => known.get(input) ?? refuse(`node '${name}' uses '${input}' before it is made`),
    );
    define(output, infer(operator, operands, attributes));
  }
  for (const { name, type, dims } of graph.outputs) {
    const made = known.get(name) ?? refuse(`output '${name}' is never made`);
    if (made.type !== type || !sameDims(made.dims, dims)) {
      refuse(`output '${name}' is ${made.type} ${showDims(made.dims)}, not ${type} ${showDims(dims)}`);
    }
  }
}
