import { reasonOf } from '../compute.errors.js';
import { checkGraph } from '../graph/check-graph.js';
import { product } from '../graph/dims.js';
import type { Dim } from '../graph/dims.js';
import { operatorNames } from '../graph/graph.js';
import type { Graph, GraphNode, Operator, ValueInfo } from '../graph/graph.js';
import { elementTypeOf } from '../graph/infer.js';
import type { ElementType, Tensor } from '../tensor.js';
import { irVersion, opsetVersion } from './encode-model.js';
import { readTensor } from './decode-tensor.js';
import { readFields, refuseModel } from './wire-reader.js';

/** What is read of a file at most; sizes in bytes. */
const limits = {
  file: 2 ** 30,
  metadataValue: 2 ** 20,
  metadata: 64,
  nodes: 50_000,
  tensors: 50_000,
  rank: 8,
  list: 64,
};

const operators: ReadonlySet<string> = new Set(operatorNames);
const isOperator = (name: string): name is Operator => operators.has(name);

export interface DecodedModel {
  readonly graph: Graph;
  readonly metadata: Readonly<Record<string, string>>;
}

function readAttribute(bytes: Uint8Array): [string, number | number[]] {
  let [name, single, kind] = ['', 0, 0];
  const list: number[] = [];
  readFields('AttributeProto', bytes, (field) => {
    if (field.number === 1) name = field.string();
    else if (field.number === 3) single = field.integer();
    else if (field.number === 8) list.push(...field.integers(limits.list));
    else if (field.number === 20) kind = field.integer();
    else field.unexpected();
    if (list.length > limits.list) refuseModel(`attribute '${name}' is too long`);
  });
  if (kind !== 2 && kind !== 7) refuseModel(`attribute '${name}' is not of integers`);
  return [name, kind === 2 ? single : list];
}

function readNode(bytes: Uint8Array): GraphNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, number | number[]>();
  let [name, operator] = ['', ''];
  readFields('NodeProto', bytes, (field) => {
    if (field.number === 1) inputs.push(field.string());
    else if (field.number === 2) outputs.push(field.string());
    else if (field.number === 3) name = field.string();
    else if (field.number === 4) operator = field.string();
    else if (field.number === 5) attributes.set(...readAttribute(field.bytes()));
    else field.unexpected();
    if (inputs.length + outputs.length + attributes.size > limits.list)
      refuseModel(`node '${name}' has too many parts`);
  });
  const [output, ...more] = outputs;
  if (output === undefined || more.length > 0)
    return refuseModel(`node '${name}' has ${outputs.length} outputs`);
  if (!isOperator(operator)) return refuseModel(`operator '${operator}' is not one that we run`);
  return { name, operator, inputs, output, attributes: Object.fromEntries(attributes) };
}

function readDim(bytes: Uint8Array): Dim {
  let dim: Dim | undefined;
  readFields('Dimension', bytes, (field) => {
    if (field.number === 1) dim = field.integer();
    else if (field.number === 2) dim = field.string(256);
    else field.unexpected();
  });
  const known =
    typeof dim === 'number'
      ? dim >= 0
      : /^[A-Za-z_]\w*(\*\w+)*$/.test(dim ?? '') && product([dim ?? '']) === dim;
  return known && dim !== undefined ? dim : refuseModel(`'${dim}' is no length`);
}

function readValue(bytes: Uint8Array): ValueInfo {
  let name = '';
  let type: ElementType | undefined;
  const dims: Dim[] = [];
  const readShape = (shape: Uint8Array): void =>
    readFields('TensorShapeProto', shape, (field) => {
      if (dims.push(field.number === 1 ? readDim(field.bytes()) : field.unexpected()) > limits.rank)
        refuseModel(`'${name}' has too many axes`);
    });
  const readTensorType = (tensor: Uint8Array): void =>
    readFields('TypeProto.Tensor', tensor, (field) => {
      if (field.number === 1) type = elementTypeOf(field.integer());
      else if (field.number === 2) readShape(field.bytes());
      else field.unexpected();
    });
  readFields('ValueInfoProto', bytes, (field) => {
    if (field.number === 1) name = field.string();
    else if (field.number === 2) {
      readFields('TypeProto', field.bytes(), (inner) =>
        inner.number === 1 ? readTensorType(inner.bytes()) : inner.unexpected(),
      );
    } else field.unexpected();
  });
  return { name, type: type ?? refuseModel(`'${name}' has a type that we do not hold`), dims };
}

function readGraph(bytes: Uint8Array): Graph {
  const nodes: GraphNode[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const initializers = new Map<string, Tensor>();
  let name = '';
  readFields('GraphProto', bytes, (field) => {
    if (field.number === 1) nodes.push(readNode(field.bytes()));
    else if (field.number === 2) name = field.string();
    else if (field.number === 5) {
      const [key, tensor] = readTensor(field.bytes(), limits.rank);
      if (initializers.has(key)) refuseModel(`the name '${key}' is made twice`);
      initializers.set(key, tensor);
    } else if (field.number === 11) inputs.push(readValue(field.bytes()));
    else if (field.number === 12) outputs.push(readValue(field.bytes()));
    else field.unexpected();
    if (nodes.length > limits.nodes || initializers.size + inputs.length + outputs.length > limits.tensors) {
      refuseModel('the graph has too many parts');
    }
  });
  return { name, inputs, outputs, initializers: Object.fromEntries(initializers), nodes };
}

function readEntry(bytes: Uint8Array): [string, string] {
  let [key, value] = ['', ''];
  readFields('StringStringEntryProto', bytes, (field) => {
    if (field.number === 1) key = field.string();
    else if (field.number === 2) value = field.string(limits.metadataValue);
    else field.unexpected();
  });
  return [key, value];
}

function checkOpset(bytes: Uint8Array): void {
  readFields('OperatorSetIdProto', bytes, (field) => {
    if (field.number === 1 ? field.string() !== '' : field.number !== 2 || field.integer() !== opsetVersion) {
      refuseModel(`it needs other operators than opset ${opsetVersion}`);
    }
  });
}

/**
 * Reads a file of `encodeModel` from a source that need not be trusted: sizes and counts are bounded, fields and
 * operators that we do not write are refused, every shape is inferred again.
 * @throws ComputeError `bad-model`, with what was found
 */
export function decodeModel(bytes: Uint8Array): DecodedModel {
  if (bytes.length > limits.file) refuseModel(`${bytes.length} bytes are more than ${limits.file}`);
  const metadata = new Map<string, string>();
  let graph: Graph | undefined;
  let [version, opsets] = [0, 0];
  readFields('ModelProto', bytes, (field) => {
    if (field.number === 1) version = field.integer();
    else if (field.number === 2) field.string();
    else if (field.number === 7)
      graph = graph ? refuseModel('it holds two graphs') : readGraph(field.bytes());
    else if (field.number === 8) {
      checkOpset(field.bytes());
      opsets += 1;
    } else if (field.number === 14 && metadata.size < limits.metadata)
      metadata.set(...readEntry(field.bytes()));
    else field.unexpected();
  });
  if (version !== irVersion || opsets !== 1)
    refuseModel(`it is not of version ${irVersion} with opset ${opsetVersion}`);
  if (!graph) return refuseModel('it holds no graph');
  try {
    checkGraph(graph);
  } catch (error) {
    refuseModel(reasonOf(error));
  }
  return { graph, metadata: Object.fromEntries(metadata) };
}
