import { describe, expect, it } from '@jest/globals';
import { ComputeError } from '../compute.errors.js';
import { trainingStep, withParameters } from '../autodiff/training-step.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import type { Graph } from '../graph/graph.js';
import { dense } from '../graph/layers.js';
import { squaredError } from '../graph/losses.js';
import { seededRandom } from '../random/random.js';
import { zeros } from '../tensor.js';
import { decodeModel } from './decode-model.js';
import { encodeModel } from './encode-model.js';
import { WireWriter } from './wire-writer.js';

function graphs(): { inference: Graph; training: Graph } {
  const random = seededRandom(3);
  const g = new GraphBuilder('small');
  const y = dense(g, g.input('x', ['batch', 3]), { name: 'layer', units: 2, random, activation: 'relu' });
  const inference = g.build({ y });
  const training = trainingStep(g, squaredError(g, y, g.input('actual', ['batch', 2]))).graph;
  return { inference, training };
}

const metadata = { tallyhouse: '{"format":"tallyhouse-model/1"}', author: 'Ä' };

describe('a model file', () => {
  it('gives back the graph and metadata that it was written from', () => {
    for (const graph of Object.values(graphs())) {
      const decoded = decodeModel(encodeModel(graph, metadata));
      expect(decoded.graph).toEqual(graph);
      expect(decoded.metadata).toEqual(metadata);
    }
  });

  it('has the same bytes whenever and however it is written', () => {
    const bytes = encodeModel(graphs().training, metadata);
    expect(encodeModel(graphs().training, { author: 'Ä', tallyhouse: metadata.tallyhouse })).toEqual(bytes);
    const decoded = decodeModel(bytes);
    expect(encodeModel(decoded.graph, decoded.metadata)).toEqual(bytes);
    const reversed = Object.fromEntries(Object.entries(decoded.graph.initializers).toReversed());
    expect(encodeModel({ ...decoded.graph, initializers: reversed }, metadata)).toEqual(bytes);
  });

  it('has other bytes for other weights or metadata', () => {
    const { inference } = graphs();
    const bytes = encodeModel(inference, metadata);
    expect(
      encodeModel(
        withParameters(inference, { 'layer.bias': { ...zeros([2]), data: Float32Array.of(0, 1e-9) } }),
        metadata,
      ),
    ).not.toEqual(bytes);
    expect(encodeModel(inference, { ...metadata, author: 'A' })).not.toEqual(bytes);
  });

  it('is refused at every length short of its own', () => {
    const bytes = encodeModel(graphs().inference);
    for (let length = 0; length < bytes.length; length += 1)
      expect(() => decodeModel(bytes.subarray(0, length))).toThrow(ComputeError);
  });

  it('with random bytes changed is read or refused, never anything else', () => {
    const bytes = encodeModel(graphs().training, metadata);
    const random = seededRandom(11);
    let refused = 0;
    for (let round = 0; round < 1500; round += 1) {
      const changed = Uint8Array.from(bytes);
      for (let flips = random.below(4); flips >= 0; flips -= 1)
        changed[random.below(changed.length)] = random.below(256);
      try {
        decodeModel(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(ComputeError);
        expect((error as ComputeError).code).toBe('bad-model');
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(500);
  }, 30_000);

  it('that is noise is refused', () => {
    const random = seededRandom(12);
    for (let round = 0; round < 2000; round += 1) {
      const noise = Uint8Array.from({ length: random.below(200) }, () => random.below(256));
      expect(() => decodeModel(noise)).toThrow(ComputeError);
    }
  });

  it('with weights in another file, a foreign operator, a node of many parts or a huge value is refused with what was found', () => {
    const model = (fill: (graph: WireWriter) => void): Uint8Array =>
      new WireWriter().integer(1, 8).message(7, fill).finish();
    const outside = model((graph) =>
      graph.message(5, (tensor) =>
        tensor.integer(1, 2).message(13, (entry) => entry.string(1, 'location').string(2, '/etc/passwd')),
      ),
    );
    expect(() => decodeModel(outside)).toThrow('field 13 of TensorProto is not understood');
    const foreign = model((graph) => graph.message(1, (node) => node.string(2, 'y').string(4, 'Loop')));
    expect(() => decodeModel(foreign)).toThrow("operator 'Loop' is not one that we run");
    const wide = model((graph) =>
      graph.message(1, (node) => {
        for (let input = 0; input < 1_000; input++) node.string(1, 'x');
        return node.string(2, 'y').string(4, 'Add');
      }),
    );
    expect(() => decodeModel(wide)).toThrow("node '' has too many parts");
    const { inference } = graphs();
    const lengths = { type: 'int64', dims: [3], data: BigInt64Array.of(65536n, 65536n, 2n) } as const;
    const huge: Graph = {
      ...inference,
      initializers: { ...inference.initializers, lengths },
      nodes: [
        { name: 'n', operator: 'Expand', inputs: ['layer.bias', 'lengths'], output: 'wide', attributes: {} },
      ],
    };
    expect(() => encodeModel(huge)).toThrow("'wide' [65536, 65536, 2] is too large");
  });
});
