import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('Turns', () => {
  it('answers one question after the other, also after one that failed', async () => {
    const turns = new Turns(3);
    const order: string[] = [];
    const work = (name: string) => async (): Promise<string> => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
      if (name === 'second') throw new Error('no answer');
      return name;
    };
    const all = await Promise.allSettled(['first', 'second', 'third'].map((name) => turns.take(work(name))));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(order.map((one) => one.split(' ')[0])).toEqual([
      'first',
      'first',
      'second',
      'second',
      'third',
      'third',
    ]);
  });

  it('lets no more wait than it may, and takes others when they are done', async () => {
    const turns = new Turns(1);
    let finish: (answer: string) => void = () => undefined;
    const held = turns.take(() => new Promise<string>((resolve) => (finish = resolve)));
    await expect(turns.take(() => Promise.resolve('never'))).rejects.toThrow('1 questions wait already');
    await Promise.resolve();
    finish('done');
    expect(await held).toBe('done');
    expect(await turns.take(() => Promise.resolve('next'))).toBe('next');
  });
});
