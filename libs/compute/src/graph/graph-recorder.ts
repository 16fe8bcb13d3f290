import { ComputeError } from '../compute.errors.js';
import type { ElementType, FloatTensor, Tensor } from '../tensor.js';
import type { Dim } from './dims.js';
import type { Attributes, Graph, GraphNode, Operator, ValueInfo } from './graph.js';
import { infer } from './infer.js';
import type { Operand } from './operand.js';

/** A value of a graph under construction; it belongs to the builder that made it. */
export interface Value extends Operand {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly Dim[];
}

/** A node together with the values that it joins. */
export interface RecordedNode {
  readonly operator: Operator;
  readonly operands: readonly Value[];
  readonly result: Value;
  readonly attributes: Attributes;
}

export interface BuildOptions {
  /** Whether trained values are written into the file or fed at each run. */
  readonly parametersAs?: 'initializers' | 'inputs';
}

export const namePattern = /^(?!__proto__$)[A-Za-z_][\w./-]{0,127}$/;
const reservedPattern = /^[kn]\d+($|\.)/;
const dimPattern = /^[A-Za-z_]\w*$/;
const contentLimit = 32;

function contentOf(tensor: Tensor): number[] | undefined {
  if (tensor.type !== 'int64' || tensor.dims.length !== 1 || tensor.data.length > contentLimit)
    return undefined;
  return Array.from(tensor.data, Number);
}

/** The operand that a constant tensor is. */
export function operandOf(tensor: Tensor): Operand {
  const content = contentOf(tensor);
  return { type: tensor.type, dims: tensor.dims, ...(content && { content }) };
}

/** The bookkeeping under GraphBuilder: names, inputs, constants, nodes in order. */
export class GraphRecorder {
  readonly name: string;
  /** Trainable values by name, in the order of their making. */
  readonly parameters = new Map<string, { value: Value; initial: FloatTensor }>();
  readonly nodes: RecordedNode[] = [];
  private readonly inputs = new Map<string, Value>();
  private readonly constants = new Map<string, { value: Value; tensor: Tensor }>();
  private readonly shared = new Map<string, Value>();

  constructor(name: string) {
    this.name = name;
  }

  /** A value fed at each run; name a dim to leave its length open. */
  input(name: string, dims: readonly Dim[], type: ElementType = 'float32'): Value {
    for (const dim of dims) {
      if (typeof dim === 'number' ? !(Number.isInteger(dim) && dim > 0) : !dimPattern.test(dim)) {
        throw new ComputeError('bad-graph', `input '${name}': '${dim}' is neither a length nor a name`);
      }
    }
    const value: Value = { name: this.newName(name), type, dims };
    this.inputs.set(name, value);
    return value;
  }

  /** A trainable float32 value that starts as `initial`. */
  parameter(name: string, initial: FloatTensor): Value {
    const value: Value = { name: this.newName(name), type: 'float32', dims: initial.dims };
    this.parameters.set(name, { value, initial });
    return value;
  }

  /** A value that never changes; equal small constants share one entry. */
  constant(tensor: Tensor): Value {
    const key =
      tensor.data.length > contentLimit ? undefined : `${tensor.type}|${tensor.dims.join()}|${keyOf(tensor)}`;
    const known = key === undefined ? undefined : this.shared.get(key);
    if (known) return known;
    const value: Value = { name: `k${this.constants.size}`, ...operandOf(tensor) };
    this.constants.set(value.name, { value, tensor });
    if (key !== undefined) this.shared.set(key, value);
    return value;
  }

  /** Any operator by name; the methods of GraphBuilder are the readable way. */
  node(operator: Operator, operands: readonly Value[], attributes: Attributes = {}): Value {
    const result: Value = {
      ...infer(operator, operands, attributes),
      name: `n${this.nodes.length}.${operator}`,
    };
    this.nodes.push({ operator, operands, result, attributes });
    return result;
  }

  /**
   * The runnable graph of what `outputs` need, and of nothing else.
   * @throws ComputeError `bad-graph` when an output name is taken or a value came from another builder
   */
  build(outputs: Readonly<Record<string, Value>>, options: BuildOptions = {}): Graph {
    const needed = this.reachable(Object.values(outputs));
    const known = [...this.inputs.values(), ...[...this.parameters.values()].map(({ value }) => value)];
    const taken = new Set(known.map(({ name }) => name));
    const nodes = this.nodes.filter(({ result }) => needed.has(result.name)).map(graphNodeOf);
    for (const [name, value] of Object.entries(outputs)) {
      if (taken.has(name) || !namePattern.test(name) || reservedPattern.test(name)) {
        throw new ComputeError('bad-graph', `output '${name}' has a name that is taken or not allowed`);
      }
      nodes.push({
        name: `out.${name}`,
        operator: 'Identity',
        inputs: [value.name],
        output: name,
        attributes: {},
      });
    }
    const asInputs = options.parametersAs === 'inputs';
    const fed = [...this.inputs.values()].filter(({ name }) => needed.has(name));
    const parameters = [...this.parameters.values()].filter(({ value }) => needed.has(value.name));
    const constants = [...this.constants.values()].filter(({ value }) => needed.has(value.name));
    const kept = [
      ...(asInputs ? [] : parameters.map(({ value, initial }) => [value.name, initial] as const)),
    ];
    return {
      name: this.name,
      inputs: [
        ...(asInputs ? parameters.map(({ value }) => infoOf(value)) : []),
        ...fed.map((value) => infoOf(value)),
      ],
      outputs: Object.entries(outputs).map(([name, { type, dims }]) => ({ name, type, dims })),
      initializers: Object.fromEntries([
        ...kept,
        ...constants.map(({ value, tensor }) => [value.name, tensor] as const),
      ]),
      nodes,
    };
  }

  /** Names of all values that `roots` are computed from, themselves included. */
  reachable(roots: readonly Value[]): Set<string> {
    const needed = new Set(roots.map(({ name }) => name));
    const made = new Set([...this.inputs.keys(), ...this.parameters.keys(), ...this.constants.keys()]);
    for (const { operands, result } of this.nodes.toReversed()) {
      made.add(result.name);
      if (needed.has(result.name)) for (const operand of operands) needed.add(operand.name);
    }
    for (const name of needed) {
      if (!made.has(name)) throw new ComputeError('bad-graph', `value '${name}' came from another builder`);
    }
    return needed;
  }

  private newName(name: string): string {
    if (!namePattern.test(name) || reservedPattern.test(name)) {
      throw new ComputeError('bad-graph', `'${name}' is not an allowed name`);
    }
    if (this.inputs.has(name) || this.parameters.has(name)) {
      throw new ComputeError('bad-graph', `the name '${name}' is taken`);
    }
    return name;
  }
}

function keyOf(tensor: Tensor): string {
  return Array.from<number | bigint, string>(tensor.data, (value) =>
    Object.is(value, -0) ? '-0' : String(value),
  ).join();
}

function infoOf({ name, type, dims }: Value): ValueInfo {
  return { name, type, dims };
}

function graphNodeOf({ operator, operands, result, attributes }: RecordedNode): GraphNode {
  return {
    name: result.name,
    operator,
    inputs: operands.map(({ name }) => name),
    output: result.name,
    attributes,
  };
}
