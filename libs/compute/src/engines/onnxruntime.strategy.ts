import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { ComputeError, reasonOf } from '../compute.errors.js';
import type { Graph } from '../graph/graph.js';
import { decodeModel } from '../onnx/decode-model.js';
import type { Tensor } from '../tensor.js';
import { checkFeedback, checkNames, checkShapes } from './check-inputs.js';
import type { Device, Engine, Session, Tensors } from './engine.js';

type Runtime = typeof import('onnxruntime-node');
type Options = InferenceSession.SessionOptions;

async function loadRuntime(): Promise<Runtime> {
  try {
    const loaded = (await import('onnxruntime-node')) as Runtime & { default?: Runtime };
    return loaded.default ?? loaded;
  } catch (error) {
    throw new ComputeError(
      'engine-missing',
      `onnxruntime-node does not load (${reasonOf(error)}): run npm ci`,
      { cause: error },
    );
  }
}

function received(name: string, { type, dims, data }: OrtTensor): Tensor {
  if (type === 'float32') return { type, dims, data: data as Float32Array };
  if (type === 'int64') return { type, dims, data: data as BigInt64Array };
  if (type === 'bool') return { type, dims, data: data as Uint8Array };
  throw new ComputeError('engine-failed', `output '${name}' has the type ${type}`);
}

class OnnxruntimeSession implements Session {
  private readonly runtime: Runtime;
  private readonly graph: Graph;
  private readonly session: InferenceSession;
  private readonly kept = new Map<string, OrtTensor>();

  constructor(runtime: Runtime, graph: Graph, session: InferenceSession) {
    this.runtime = runtime;
    this.graph = graph;
    this.session = session;
  }

  run(inputs: Tensors): Promise<Record<string, Tensor>> {
    return this.step(inputs, {});
  }

  async hold(inputs: Tensors): Promise<void> {
    checkNames(this.graph, inputs);
    for (const [name, tensor] of Object.entries(inputs)) this.kept.set(name, this.sent(tensor));
  }

  async step(inputs: Tensors, feedback: Readonly<Record<string, string>>): Promise<Record<string, Tensor>> {
    checkNames(this.graph, inputs);
    checkFeedback(this.graph, feedback);
    checkShapes(
      this.graph,
      (name) => inputs[name] ?? (this.kept.get(name) as { type: string; dims: readonly number[] }),
    );
    const feeds = Object.fromEntries(this.kept);
    for (const [name, tensor] of Object.entries(inputs)) feeds[name] = this.sent(tensor);
    const outputs: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(await this.answered(feeds))) {
      const next = feedback[name];
      if (next === undefined) outputs[name] = received(name, tensor);
      else this.kept.set(next, tensor);
    }
    return outputs;
  }

  async held(names: readonly string[]): Promise<Record<string, Tensor>> {
    const tensors: Record<string, Tensor> = {};
    for (const name of names) {
      const tensor = this.kept.get(name);
      if (!tensor) throw new ComputeError('engine-failed', `no input '${name}' is held`);
      tensors[name] = received(name, tensor);
    }
    return tensors;
  }

  async dispose(): Promise<void> {
    this.kept.clear();
    await this.session.release();
  }

  private sent({ type, data, dims }: Tensor): OrtTensor {
    return new this.runtime.Tensor(type as 'float32', data as Float32Array, dims);
  }

  private async answered(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>> {
    try {
      return (await this.session.run(feeds)) as Record<string, OrtTensor>;
    } catch (error) {
      throw new ComputeError(
        'engine-failed',
        `onnxruntime could not run '${this.graph.name}': ${reasonOf(error)}`,
        { cause: error },
      );
    }
  }
}

export interface OnnxruntimeOptions {
  readonly device: Exclude<Device, 'wasm'>;
  /** Threads of the cpu provider; the runtime's own choice when absent. */
  readonly threads?: number;
}

function sessionOptions({ device, threads }: OnnxruntimeOptions): Options {
  // A key that is there but undefined is refused by the binding.
  return {
    executionProviders: [device],
    logSeverityLevel: 3,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
  };
}

/**
 * onnxruntime-node in this very thread: `run` blocks the event loop, so services go through `openEngine`.
 * @throws ComputeError `engine-missing` when the package does not load
 */
export async function openOnnxruntimeHere(options: OnnxruntimeOptions): Promise<Engine> {
  const runtime = await loadRuntime();
  const sessions = new Set<Session>();
  return {
    name: 'onnxruntime',
    device: options.device,
    async load(model) {
      const { graph } = decodeModel(model);
      try {
        const session = await runtime.InferenceSession.create(model, sessionOptions(options));
        const opened = new OnnxruntimeSession(runtime, graph, session);
        sessions.add(opened);
        return opened;
      } catch (error) {
        const message = `onnxruntime could not load '${graph.name}' on ${options.device}: ${reasonOf(error)}`;
        throw new ComputeError('engine-failed', message, { cause: error });
      }
    },
    async close() {
      sessions.clear();
    },
  };
}
