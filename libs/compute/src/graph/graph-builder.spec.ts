import { describe, expect, it } from '@jest/globals';
import { float32, zeros } from '../tensor.js';
import { product, quotient } from './dims.js';
import { GraphBuilder } from './graph-builder.js';

const ones = (dims: readonly number[]): ReturnType<typeof float32> => {
  const { data } = zeros(dims);
  return float32(dims, data.fill(1));
};

describe('a graph builder', () => {
  it('infers shapes through named lengths', () => {
    const g = new GraphBuilder('shapes');
    const x = g.input('x', ['batch', 6, 4]);
    expect(g.matMul(x, g.parameter('w', ones([4, 2]))).dims).toEqual(['batch', 6, 2]);
    expect(g.reshape(x, ['batch*6', 4]).dims).toEqual(['batch*6', 4]);
    expect(g.reshape(g.reshape(x, ['batch*24']), ['batch', 24]).dims).toEqual(['batch', 24]);
    expect(g.reduceMean(x, [1], true).dims).toEqual(['batch', 1, 4]);
    expect(g.slice(g.concat([x, x], 2), 2, 1, 4).dims).toEqual(['batch', 6, 3]);
    expect(g.gather(x, g.input('rows', ['picked'], 'int64'), 1).dims).toEqual(['batch', 'picked', 4]);
    expect(g.transpose(x).dims).toEqual([4, 6, 'batch']);
    expect(g.greater(x, 0).type).toBe('bool');
  });

  it('says which operator and which shapes do not fit', () => {
    const g = new GraphBuilder('errors');
    const x = g.input('x', ['batch', 4]);
    expect(() => g.matMul(x, g.parameter('w', ones([3, 2])))).toThrow(
      'MatMul: [batch, 4] by [3, 2] is no matrix product',
    );
    expect(() => g.add(x, g.input('y', ['other', 4]))).toThrow(
      'Add: shapes [batch, 4] and [other, 4] do not broadcast',
    );
    expect(() => g.reshape(x, [3, 4])).toThrow('[batch, 4] does not reshape to [3, 4]');
    expect(() => g.slice(x, 0, 0, 1)).toThrow("the named length 'batch'");
    expect(() => g.slice(x, 1, 2, 5)).toThrow('[2, 5) is no range of axis 1, length 4');
    expect(() => g.reduceSum(x, [2])).toThrow('axis 2 is outside a tensor of 2 axes');
    expect(() => g.gather(x, x)).toThrow('indices are int64, not float32');
    expect(() => g.expandLike(x, g.input('z', [4]))).toThrow('does not expand');
    expect(() => float32([2, 2], [1])).toThrow('dims [2, 2] do not hold 1 elements');
  });

  it('keeps names apart, and values with their builder', () => {
    const g = new GraphBuilder('names');
    const x = g.input('x', [1]);
    expect(() => g.input('x', [1])).toThrow("the name 'x' is taken");
    for (const name of ['', '1', 'n1.Add', 'k3', 'a b', '__proto__'])
      expect(() => g.input(name, [1])).toThrow('not an allowed name');
    expect(() => g.build({ x })).toThrow("output 'x' has a name that is taken");
    expect(() => new GraphBuilder('stranger').build({ y: x })).toThrow("value 'x' came from another builder");
  });

  it('builds only what the outputs need, the same each time', () => {
    const make = (): GraphBuilder => new GraphBuilder('lean');
    const g = make();
    const x = g.input('x', [2]);
    g.exp(g.input('unused', [2]));
    const built = g.build({ y: g.add(g.mul(x, 2), 2) });
    expect(built.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(built.nodes.map(({ operator }) => operator)).toEqual(['Mul', 'Add', 'Identity']);
    expect(Object.keys(built.initializers)).toEqual(['k0']);
    expect(g.build({ y: g.add(g.mul(x, 2), 2) }).outputs).toEqual(built.outputs);
  });

  it('multiplies and divides lengths in one canonical form', () => {
    expect(product(['time', 3, 'batch', 4])).toBe('batch*time*12');
    expect(product([2, 3])).toBe(6);
    expect(quotient(['batch*24'], [4])).toBe('batch*6');
    expect(quotient(['batch*24'], ['batch', 24])).toBe(1);
    expect(quotient(['batch'], [2])).toBeUndefined();
    expect(quotient([24], ['batch'])).toBeUndefined();
  });
});
