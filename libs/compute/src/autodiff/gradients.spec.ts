import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Engine, Session } from '../engines/engine.js';
import { openEngine } from '../engines/select-engine.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import { operatorNames } from '../graph/graph.js';
import { encodeModel } from '../onnx/encode-model.js';
import { float32, floatsOf } from '../tensor.js';
import type { FloatTensor } from '../tensor.js';
import { gradients } from './gradients.js';
import { drawCase, operatorCases } from './operator-cases.fixture.js';

// An engine takes seconds to start on a machine that is busy with other tests.
jest.setTimeout(60_000);

const reach = 5e-3;

async function lossAt(session: Session, inputs: Record<string, FloatTensor>): Promise<number> {
  return floatsOf(await session.run(inputs), 'loss')[0] as number;
}

/** Central differences of the loss for every element of one input. */
async function differences(
  session: Session,
  inputs: Record<string, FloatTensor>,
  name: string,
): Promise<number[]> {
  const { dims, data } = inputs[name] as FloatTensor;
  const slopes: number[] = [];
  for (let at = 0; at < data.length; at += 1) {
    const [above, below] = [Float32Array.from(data), Float32Array.from(data)];
    above[at] = (above[at] as number) + reach;
    below[at] = (below[at] as number) - reach;
    const rise =
      (await lossAt(session, { ...inputs, [name]: float32(dims, above) })) -
      (await lossAt(session, { ...inputs, [name]: float32(dims, below) }));
    slopes.push(rise / ((above[at] as number) - (below[at] as number)));
  }
  return slopes;
}

describe('gradients', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ device: 'cpu', threads: 1 });
  });
  afterAll(() => engine.close());

  it.each(operatorCases)('agree with finite differences: $title', async (operatorCase) => {
    const { forward, backward, inputs } = drawCase(operatorCase);
    const [plain, sloped] = [
      await engine.load(encodeModel(forward)),
      await engine.load(encodeModel(backward)),
    ];
    const slopes = await sloped.run(inputs);
    for (const name of Object.keys(inputs)) {
      const expected = await differences(plain, inputs, name);
      const found = Array.from(floatsOf(slopes, `slope.${name.slice(1)}`));
      expect(found.length).toBe(expected.length);
      found.forEach((slope, at) =>
        expect(Math.abs(slope - (expected[at] as number))).toBeLessThan(4e-3 * Math.max(1, Math.abs(slope))),
      );
      expect(found.some((slope) => Math.abs(slope) > 1e-3)).toBe(true);
    }
  });

  it('cover every operator', () => {
    const seen = new Set(
      operatorCases.flatMap((one) => drawCase(one).backward.nodes.map(({ operator }) => operator)),
    );
    expect([...operatorNames].filter((name) => !seen.has(name))).toEqual([]);
  });

  it('are zero for a value that the loss does not depend on', async () => {
    const g = new GraphBuilder('apart');
    const [x, y] = [g.input('x', []), g.input('y', [2])];
    const [slope] = gradients(g, g.square(x), [y]);
    const session = await engine.load(encodeModel(g.build({ slope: slope ?? x })));
    expect([...floatsOf(await session.run({ y: float32([2], [5, 6]) }), 'slope')]).toEqual([0, 0]);
  });

  it('refuse a loss with axes, and rows picked along a named axis', () => {
    const g = new GraphBuilder('refused');
    const x = g.input('x', ['b', 2]);
    expect(() => gradients(g, x, [x])).toThrow('a loss is a float32 scalar');
    const loss = g.reduceSum(g.gather(x, g.integers([0])));
    expect(() => gradients(g, loss, [x])).toThrow('Gather along a named axis has no gradient');
  });
});
