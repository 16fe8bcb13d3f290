import { ComputeError } from '../compute.errors.js';
import type { Graph } from '../graph/graph.js';
import type { Tensors } from './engine.js';

/** What a run needs to know of an input, wherever its elements are. */
export interface Shaped {
  readonly type: string;
  readonly dims: readonly number[];
}

function refuse(message: string): never {
  throw new ComputeError('engine-failed', message);
}

/** Refuses names that the graph has no input for. */
export function checkNames(graph: Graph, inputs: Tensors): void {
  const known = new Set(graph.inputs.map(({ name }) => name));
  for (const name of Object.keys(inputs))
    if (!known.has(name)) refuse(`the graph '${graph.name}' has no input '${name}'`);
}

/** Refuses a feedback that is not from an output to an input of the graph. */
export function checkFeedback(graph: Graph, feedback: Readonly<Record<string, string>>): void {
  for (const [from, to] of Object.entries(feedback)) {
    const known =
      graph.outputs.some(({ name }) => name === from) && graph.inputs.some(({ name }) => name === to);
    if (!known) refuse(`the graph '${graph.name}' has no way from output '${from}' to input '${to}'`);
  }
}

/**
 * Sees that every input is there, with its type and dims, and that a named dim has one length throughout.
 * @throws ComputeError `engine-failed`, naming the input
 */
export function checkShapes(graph: Graph, shaped: (name: string) => Shaped | undefined): void {
  const lengths = new Map<string, number>();
  for (const { name, type, dims } of graph.inputs) {
    const given = shaped(name) ?? refuse(`input '${name}' of the graph '${graph.name}' is missing`);
    const fits = given.dims.length === dims.length && given.type === type;
    const same = dims.every((dim, axis) => {
      const length = given.dims[axis] as number;
      if (typeof dim === 'number') return length === dim;
      if (!lengths.has(dim)) lengths.set(dim, length);
      return lengths.get(dim) === length;
    });
    if (!fits || !same) {
      refuse(`input '${name}' is ${given.type} [${given.dims.join(', ')}], not ${type} [${dims.join(', ')}]`);
    }
  }
}
