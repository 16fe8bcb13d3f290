import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { GraphBuilder } from '../graph/graph-builder.js';
import { encodeModel } from '../onnx/encode-model.js';
import { float32, floatsOf, int64 } from '../tensor.js';
import type { Engine, EngineName } from './engine.js';
import { startHost } from './host-transport.js';
import type { HostKind } from './host-transport.js';
import { openRemoteEngine } from './remote-engine.js';

// An engine takes seconds to start on a machine that is busy with other tests.
jest.setTimeout(60_000);

function counter(): Uint8Array {
  const g = new GraphBuilder('counter');
  const [total, x, rows] = [g.input('total', ['n']), g.input('x', ['n']), g.input('rows', ['m'], 'int64')];
  return encodeModel(
    g.build({ next: g.add(total, x), picked: g.gather(x, rows), large: g.greater(x, 1), rank: g.shape(x) }),
  );
}

const inputs = { x: float32([3], [1, 2, 3]), rows: int64([2], [2, 0]) };
const kinds: [EngineName, HostKind][] = [
  ['onnxruntime', 'thread'],
  ['onnxruntime', 'process'],
  ['tensorflow', 'thread'],
];

describe.each(kinds)('%s in a %s of its own', (name, kind) => {
  let engine: Engine;
  const open = async (): Promise<Engine> => (engine = await openRemoteEngine({ name, device: 'cpu' }, kind));
  afterEach(() => engine.close());

  it('runs floats, integers and masks', async () => {
    const session = await (await open()).load(counter());
    const outputs = await session.run({ ...inputs, total: float32([3], [10, 20, 30]) });
    expect([...floatsOf(outputs, 'next')]).toEqual([11, 22, 33]);
    expect([...floatsOf(outputs, 'picked')]).toEqual([3, 1]);
    expect(Array.from(outputs['large']?.data ?? [], Number)).toEqual([0, 1, 1]);
    expect(outputs['rank']).toMatchObject({ type: 'int64', dims: [1] });
    expect([...(outputs['rank']?.data ?? [])]).toEqual([3n]);
  });

  it('holds inputs and feeds outputs back without returning them', async () => {
    const session = await (await open()).load(counter());
    await session.hold({ ...inputs, total: float32([3], [0, 0, 0]) });
    for (let round = 0; round < 3; round += 1) {
      expect(Object.keys(await session.step({}, { next: 'total' })).toSorted()).toEqual([
        'large',
        'picked',
        'rank',
      ]);
    }
    expect([...floatsOf(await session.held(['total']), 'total')]).toEqual([3, 6, 9]);
    await session.dispose();
    await expect(session.run(inputs)).rejects.toThrow('the session was disposed');
  });

  it('says which input is missing, foreign or of other dims', async () => {
    const session = await (await open()).load(counter());
    await expect(session.run(inputs)).rejects.toThrow("input 'total' of the graph 'counter' is missing");
    await expect(session.run({ ...inputs, other: inputs.x })).rejects.toThrow("has no input 'other'");
    await expect(session.run({ ...inputs, total: float32([2], [1, 2]) })).rejects.toMatchObject({
      code: 'engine-failed',
      message: expect.stringContaining("'x' is float32 [3], not float32 [n]"),
    });
    await expect(session.step(inputs, { next: 'nowhere' })).rejects.toThrow('no way from');
  });

  it('refuses bytes that are no model of ours', async () => {
    await open();
    await expect(engine.load(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'bad-model' });
  });

  it('fails calls that wait, and later ones, when it is closed', async () => {
    const session = await (await open()).load(counter());
    const waiting = session.run({ ...inputs, total: inputs.x }).catch((error: unknown) => error);
    await engine.close();
    expect(await waiting).toMatchObject({
      code: 'engine-stopped',
      message: expect.stringContaining('open it again'),
    });
    await expect(session.run(inputs)).rejects.toMatchObject({ code: 'engine-stopped' });
  });
});

describe('a host', () => {
  it('that is closed amid a call ends after it: broken off, it would take the whole process with it', async () => {
    const g = new GraphBuilder('square');
    const x = g.input('x', ['n', 'n']);
    const model = encodeModel(g.build({ square: g.matMul(x, x) }));
    const matrix = float32([256, 256], new Float32Array(256 * 256).fill(0.5));
    for (let round = 0; round < 12; round += 1) {
      const engine = await openRemoteEngine({ name: 'onnxruntime', device: 'cpu', threads: 1 }, 'thread');
      const running = (await engine.load(model)).run({ x: matrix }).catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, round % 4));
      await engine.close();
      await running;
    }
  });

  it('that dies by itself is reported with a reason', async () => {
    const reason = await new Promise<string>((resolve) => {
      const host = startHost('process', { onReply: () => {}, onEnd: resolve });
      void host.stop();
    });
    expect(reason).toBe('its process ended with SIGTERM');
  });

  it('whose runtime is not there is an error that names it', async () => {
    await expect(openRemoteEngine({ name: 'tensorflow', device: 'cuda' }, 'process')).rejects.toMatchObject({
      code: 'engine-missing',
      message: expect.stringContaining('tfjs-node-gpu'),
    });
    await expect(openRemoteEngine({ name: 'onnxruntime', device: 'wasm' }, 'thread')).rejects.toMatchObject({
      code: 'engine-missing',
    });
  });
});
