import type { TrainingStep } from '../autodiff/training-step.js';
import { encodeModel } from '../onnx/encode-model.js';
import { floatsOf, scalar } from '../tensor.js';
import type { FloatTensor, Tensor } from '../tensor.js';
import type { Engine, Tensors } from './engine.js';

/** A training run on one engine; weights and moments stay with the engine between steps. */
export interface Trainer {
  /** One optimiser step on a batch; gives the loss before the step. */
  step(batch: Tensors, learningRate: number): Promise<number>;
  /** The parameters as they are now, by name: what `withParameters` takes. */
  parameters(): Promise<Record<string, FloatTensor>>;
  dispose(): Promise<void>;
}

function floats(tensors: Readonly<Record<string, Tensor>>, name: string): FloatTensor {
  return { type: 'float32', dims: tensors[name]?.dims ?? [], data: floatsOf(tensors, name) };
}

/**
 * Starts training from the initial values of `step`.
 * @throws ComputeError what `Engine.load` and `Session.step` throw
 * @example
 * const trainer = await openTrainer(engine, trainingStep(g, loss));
 * await trainer.step({ x, y }, 1e-3); // the loss
 */
export async function openTrainer(
  engine: Engine,
  { graph, initial, feedback, parameters }: TrainingStep,
): Promise<Trainer> {
  const session = await engine.load(encodeModel(graph));
  await session.hold(initial);
  let taken = 0;
  return {
    async step(batch, learningRate) {
      taken += 1;
      const inputs = { ...batch, step: scalar(taken), learningRate: scalar(learningRate) };
      return floatsOf(await session.step(inputs, feedback), 'loss')[0] as number;
    },
    async parameters() {
      const held = await session.held(parameters);
      return Object.fromEntries(parameters.map((name) => [name, floats(held, name)]));
    },
    dispose: () => session.dispose(),
  };
}
