import type { Tensor } from '../tensor.js';

/** Where an engine computes: processor, processor through WebAssembly, any GPU by WebGPU, NVIDIA by CUDA. */
export type Device = 'cpu' | 'wasm' | 'webgpu' | 'cuda';

export type EngineName = 'onnxruntime' | 'tensorflow';

export type Tensors = Readonly<Record<string, Tensor>>;

/** A model that is loaded and ready to run. Calls on one session are answered in order. */
export interface Session {
  /**
   * Runs the graph once; inputs that are held need not be given.
   * @throws ComputeError `engine-failed` when inputs do not fit, `engine-stopped` when the engine died
   */
  run(inputs: Tensors): Promise<Record<string, Tensor>>;
  /** Keeps inputs where the engine computes, so that they are not sent at each run. */
  hold(inputs: Tensors): Promise<void>;
  /** Runs once; outputs named in `feedback` become the held inputs they map to and are not returned. */
  step(inputs: Tensors, feedback: Readonly<Record<string, string>>): Promise<Record<string, Tensor>>;
  /** The held inputs as they are now. */
  held(names: readonly string[]): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}

/** One way to run models: the strategy behind which runtimes are swapped. */
export interface Engine {
  readonly name: EngineName;
  readonly device: Device;
  /**
   * @param model bytes of `encodeModel`
   * @throws ComputeError `bad-model` when the bytes are refused, `engine-failed` when the runtime refuses them
   */
  load(model: Uint8Array): Promise<Session>;
  /** Frees everything; sessions of the engine are gone after it. */
  close(): Promise<void>;
}
