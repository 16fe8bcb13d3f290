import { ComputeError } from '../compute.errors.js';
import { checkGraph } from '../graph/check-graph.js';
import type { Graph, GraphNode, ValueInfo } from '../graph/graph.js';
import { elementTypeCodes } from '../graph/infer.js';
import type { Tensor } from '../tensor.js';
import { WireWriter } from './wire-writer.js';

/** ONNX file version 8 and operator set 18 of the default domain. */
export const irVersion = 8;
export const opsetVersion = 18;

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => compare(a, b));
}

function writeAttributes(writer: WireWriter, { attributes }: GraphNode): void {
  for (const [name, value] of sortedEntries(attributes)) {
    writer.message(5, (attribute) => {
      attribute.string(1, name);
      if (typeof value === 'number') attribute.integer(3, value).integer(20, 2);
      else {
        for (const item of value) attribute.integer(8, item);
        attribute.integer(20, 7);
      }
    });
  }
}

function writeNode(writer: WireWriter, node: GraphNode): void {
  for (const input of node.inputs) writer.string(1, input);
  writer.string(2, node.output).string(3, node.name).string(4, node.operator);
  writeAttributes(writer, node);
}

function writeTensor(writer: WireWriter, name: string, { type, dims, data }: Tensor): void {
  writer.packed(1, dims).integer(2, elementTypeCodes[type]).string(8, name);
  writer.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writeValue(writer: WireWriter, { name, type, dims }: ValueInfo): void {
  writer.string(1, name).message(2, (typed) =>
    typed.message(1, (tensor) =>
      tensor.integer(1, elementTypeCodes[type]).message(2, (shape) => {
        for (const dim of dims) {
          shape.message(1, (length) =>
            typeof dim === 'number' ? length.integer(1, dim) : length.string(2, dim),
          );
        }
      }),
    ),
  );
}

function writeGraph(writer: WireWriter, graph: Graph): void {
  for (const node of graph.nodes) writer.message(1, (inner) => writeNode(inner, node));
  writer.string(2, graph.name);
  for (const [name, tensor] of sortedEntries(graph.initializers)) {
    writer.message(5, (inner) => writeTensor(inner, name, tensor));
  }
  for (const input of graph.inputs) writer.message(11, (inner) => writeValue(inner, input));
  for (const output of graph.outputs) writer.message(12, (inner) => writeValue(inner, output));
}

/**
 * The ONNX file of a graph, in one canonical form: the same graph and metadata always give the same bytes
 * (fields in order of number, initializers, attributes and metadata by name, weights raw little-endian, no time).
 * @throws ComputeError `bad-graph` when the graph does not hold together
 * @example sha256(encodeModel(graph, { tallyhouse: '{}' })) // the id of the model
 */
export function encodeModel(graph: Graph, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  if (!littleEndian) throw new ComputeError('bad-graph', 'models are written on little-endian machines only');
  checkGraph(graph);
  const writer = new WireWriter().integer(1, irVersion).string(2, 'tallyhouse');
  writer.message(7, (inner) => writeGraph(inner, graph));
  writer.message(8, (opset) => opset.string(1, '').integer(2, opsetVersion));
  for (const [key, value] of sortedEntries(metadata)) {
    writer.message(14, (entry) => entry.string(1, key).string(2, value));
  }
  return writer.finish();
}
