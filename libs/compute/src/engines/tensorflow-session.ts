import { ComputeError, reasonOf } from '../compute.errors.js';
import type { Graph } from '../graph/graph.js';
import type { ElementType, Tensor } from '../tensor.js';
import { checkFeedback, checkNames, checkShapes } from './check-inputs.js';
import type { Session, Tensors } from './engine.js';
import { tensorflowOperators } from './tensorflow-operators.js';
import type { Tf, TfTensor, TfValue } from './tensorflow-operators.js';

const tfTypes = { float32: 'float32', int64: 'int32', bool: 'bool' } as const;
const longestIntegers = 64;

function upload(tf: Tf, { type, dims, data }: Tensor): TfValue {
  const elements = type === 'int64' ? Int32Array.from(data, Number) : data;
  const tensor = tf.keep(tf.tensor(elements, [...dims], tfTypes[type]));
  const short = type === 'int64' && dims.length === 1 && data.length <= longestIntegers;
  return { tensor, ...(short && { integers: Array.from(data, Number) }) };
}

function download(tensor: TfTensor, type: ElementType): Tensor {
  const elements = tensor.dataSync();
  const dims = [...tensor.shape];
  if (type === 'float32') return { type, dims, data: Float32Array.from(elements) };
  if (type === 'int64') return { type, dims, data: BigInt64Array.from(elements, BigInt) };
  return { type, dims, data: Uint8Array.from(elements) };
}

/** Interprets one of our graphs by tfjs, node after node; integers are 32 bits wide there. */
export class TensorflowSession implements Session {
  private readonly tf: Tf;
  private readonly activate: () => Promise<void>;
  private readonly graph: Graph;
  private readonly constants: ReadonlyMap<string, TfValue>;
  private readonly kept = new Map<string, TfValue>();

  constructor(tf: Tf, activate: () => Promise<void>, graph: Graph) {
    this.tf = tf;
    this.activate = activate;
    this.graph = graph;
    this.constants = new Map(
      Object.entries(graph.initializers).map(([name, tensor]) => [name, upload(tf, tensor)]),
    );
  }

  run(inputs: Tensors): Promise<Record<string, Tensor>> {
    return this.step(inputs, {});
  }

  async hold(inputs: Tensors): Promise<void> {
    checkNames(this.graph, inputs);
    await this.activate();
    for (const [name, tensor] of Object.entries(inputs)) this.keep(name, upload(this.tf, tensor));
  }

  async step(inputs: Tensors, feedback: Readonly<Record<string, string>>): Promise<Record<string, Tensor>> {
    checkNames(this.graph, inputs);
    checkFeedback(this.graph, feedback);
    checkShapes(this.graph, (name) => inputs[name] ?? this.keptShape(name));
    await this.activate();
    // From here to the end nothing awaits, so no other session changes the backend in between.
    const given = new Map(Object.entries(inputs).map(([name, tensor]) => [name, upload(this.tf, tensor)]));
    try {
      const { outputs, next } = this.interpreted(given, feedback);
      for (const [name, value] of next) this.keep(name, value);
      return outputs;
    } catch (error) {
      throw new ComputeError(
        'engine-failed',
        `tensorflow could not run '${this.graph.name}': ${reasonOf(error)}`,
        { cause: error },
      );
    } finally {
      for (const { tensor } of given.values()) tensor.dispose();
    }
  }

  async held(names: readonly string[]): Promise<Record<string, Tensor>> {
    await this.activate();
    const tensors: Record<string, Tensor> = {};
    for (const name of names) {
      const value = this.kept.get(name);
      const type = this.typeOf(name);
      if (!value || !type) throw new ComputeError('engine-failed', `no input '${name}' is held`);
      tensors[name] = download(value.tensor, type);
    }
    return tensors;
  }

  async dispose(): Promise<void> {
    for (const { tensor } of [...this.constants.values(), ...this.kept.values()]) tensor.dispose();
    this.kept.clear();
  }

  private interpreted(
    given: ReadonlyMap<string, TfValue>,
    feedback: Readonly<Record<string, string>>,
  ): { outputs: Record<string, Tensor>; next: [string, TfValue][] } {
    const outputs: Record<string, Tensor> = {};
    const next: [string, TfValue][] = [];
    this.tf.tidy(() => {
      const values = this.evaluated(given);
      for (const { name, type } of this.graph.outputs) {
        const { tensor } = values.get(name) as TfValue;
        const to = feedback[name];
        if (to === undefined) outputs[name] = download(tensor, type);
        else next.push([to, { tensor: this.tf.keep(tensor) }]);
      }
    });
    return { outputs, next };
  }

  private evaluated(given: ReadonlyMap<string, TfValue>): Map<string, TfValue> {
    const values = new Map([...this.constants, ...this.kept, ...given]);
    for (const { operator, inputs, output, attributes } of this.graph.nodes) {
      const operands = inputs.map((name) => values.get(name) as TfValue);
      const x = (operands[0] as TfValue).tensor;
      const y = (operands[1] ?? (operands[0] as TfValue)).tensor;
      const tensor = tensorflowOperators[operator]({ tf: this.tf, x, y, operands, attributes });
      const integers =
        operator === 'Shape' ? x.shape : operator === 'Identity' ? operands[0]?.integers : undefined;
      values.set(output, { tensor, ...(integers && { integers }) });
    }
    return values;
  }

  private keep(name: string, value: TfValue): void {
    this.kept.get(name)?.tensor.dispose();
    this.kept.set(name, value);
  }

  private typeOf(name: string): ElementType | undefined {
    return this.graph.inputs.find((input) => input.name === name)?.type;
  }

  private keptShape(name: string): { type: string; dims: readonly number[] } | undefined {
    const value = this.kept.get(name);
    const type = this.typeOf(name);
    return value && type && { type, dims: value.tensor.shape };
  }
}
