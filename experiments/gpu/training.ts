import { floatsOf, openTrainer, type Engine } from '@tallyhouse/compute';
import { bestMs, drawn, network, PERCEPTRON } from '../compute-engines/perceptron.js';

const { features, horizon } = PERCEPTRON;
const RATE = 1e-3;

/** How fast a network is trained at one batch. */
export interface TrainingRate {
  readonly batch: number;
  readonly stepsPerSecond: number;
  /** After as many steps on every engine: equal within rounding where all compute alike. */
  readonly lossAfter: number;
}

/** Steps of Adam on the perceptron of `compute-engines`, with all weights held by the engine. */
export async function trainingRates(
  engine: Engine,
  { batches, rounds }: { readonly batches: readonly number[]; readonly rounds: number },
): Promise<TrainingRate[]> {
  const rates: TrainingRate[] = [];
  for (const batch of batches) {
    const [x, actual] = [drawn(batch, features, 2), drawn(batch, horizon, 3)];
    const trainer = await openTrainer(engine, network().step);
    let lossAfter = 0;
    const ms = await bestMs(rounds, async () => (lossAfter = await trainer.step({ x, actual }, RATE)));
    await trainer.dispose();
    rates.push({ batch, stepsPerSecond: Number((1000 / ms).toPrecision(4)), lossAfter });
  }
  return rates;
}

/** Greatest difference of an inference on two engines. */
export async function worstDifference(one: Engine, other: Engine, batch: number): Promise<number> {
  const x = drawn(batch, features, 4);
  const answers: Float32Array[] = [];
  for (const engine of [one, other]) {
    const session = await engine.load(network().inference);
    answers.push(floatsOf(await session.run({ x }), 'y'));
    await session.dispose();
  }
  return answers[0]!.reduce((worst, value, at) => Math.max(worst, Math.abs(value - answers[1]![at]!)), 0);
}
