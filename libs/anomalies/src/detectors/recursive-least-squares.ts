const START = 10;

/** Least squares that follow a stream and forget (Plackett 1950); memory is the square of the inputs. */
export class RecursiveLeastSquares {
  private readonly weights: Float64Array;
  private readonly inverse: Float64Array;
  private readonly gain: Float64Array;

  constructor(
    private readonly size: number,
    private readonly forgetting: number,
  ) {
    this.weights = new Float64Array(size);
    this.gain = new Float64Array(size);
    this.inverse = new Float64Array(size * size);
    for (let i = 0; i < size; i += 1) this.inverse[i * size + i] = START;
  }

  predict(inputs: readonly number[]): number {
    return inputs.reduce((sum, input, i) => sum + input * this.weights[i]!, 0);
  }

  learn(inputs: readonly number[], target: number): void {
    const { size, gain, inverse, forgetting } = this;
    let norm = forgetting;
    for (let i = 0; i < size; i += 1) {
      let sum = 0;
      for (let j = 0; j < size; j += 1) sum += inverse[i * size + j]! * inputs[j]!;
      gain[i] = sum;
      norm += sum * inputs[i]!;
    }
    const error = target - this.predict(inputs);
    for (let i = 0; i < size; i += 1) this.weights[i]! += (gain[i]! / norm) * error;
    // A direction that is never excited must not grow without bound while the rest forgets.
    let trace = 0;
    for (let i = 0; i < size; i += 1) trace += inverse[i * size + i]!;
    const grown = trace < START * size ? 1 / forgetting : 1;
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1) {
        const at = i * size + j;
        inverse[at] = grown * (inverse[at]! - (gain[i]! * gain[j]!) / norm);
      }
    }
  }
}
