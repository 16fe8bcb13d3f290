import { describe, expect, it } from '@jest/globals';
import { firstAnswer, type Attempts, type Outcome } from './first-answer.js';
import { Patience, SecondQuestions } from './patience.js';

const failed: Outcome<string> = { failure: new Error('no') };

/** Asks `a`, then `b`, then `c`; each answers when it is told to. */
class Desk {
  public readonly asked: string[] = [];
  private readonly answers = new Map<string, (outcome: Outcome<string>) => void>();
  private readonly waiting = new Map<number, () => void>();

  public attempts(options: Partial<Attempts<string, string>> = {}): Attempts<string, string> {
    const ask = (who: string): Promise<Outcome<string>> => {
      this.asked.push(who);
      this.waiting.get(this.asked.length)?.();
      return new Promise((resolve) => this.answers.set(who, resolve));
    };
    return {
      candidates: ['a', 'b', 'c'],
      ask,
      patienceMs: () => undefined,
      maySecond: () => true,
      ...options,
    };
  }

  public answer(who: string, outcome: Outcome<string> = { answer: who }): void {
    this.answers.get(who)?.(outcome);
  }

  public async whenAsked(count: number): Promise<void> {
    if (this.asked.length < count) await new Promise<void>((resolve) => this.waiting.set(count, resolve));
  }
}

describe('firstAnswer', () => {
  it('asks the next one only when one has failed', async () => {
    const desk = new Desk();
    const first = firstAnswer(desk.attempts());
    expect(desk.asked).toEqual(['a']);
    desk.answer('a', failed);
    await desk.whenAsked(2);
    desk.answer('b');
    expect(await first).toEqual({ answer: 'b' });
    expect(desk.asked).toEqual(['a', 'b']);
  });

  it('asks one more beside one that is slow, and takes whoever answers first', async () => {
    for (const quicker of ['a', 'b']) {
      const desk = new Desk();
      const first = firstAnswer(desk.attempts({ patienceMs: () => 1 }));
      await desk.whenAsked(2);
      desk.answer(quicker);
      expect(await first).toEqual({ answer: quicker });
      expect(desk.asked).toEqual(['a', 'b']);
    }
  });

  it('goes on waiting for the slow one when the other fails, and asks the last one when both do', async () => {
    const desk = new Desk();
    const first = firstAnswer(desk.attempts({ patienceMs: () => 1 }));
    await desk.whenAsked(2);
    desk.answer('b', failed);
    desk.answer('a', failed);
    await desk.whenAsked(3);
    desk.answer('c');
    expect(await first).toEqual({ answer: 'c' });
  });

  it('waits for the slow one where no second question is allowed or nobody else is there', async () => {
    for (const options of [{ maySecond: () => false }, { candidates: ['a'] }]) {
      const desk = new Desk();
      const first = firstAnswer(desk.attempts({ patienceMs: () => 1, ...options }));
      setTimeout(() => desk.answer('a'), 5);
      expect(await first).toEqual({ answer: 'a' });
      expect(desk.asked).toEqual(['a']);
    }
  });

  it('is nothing when all fail or nobody may be asked', async () => {
    expect(await firstAnswer(new Desk().attempts({ ask: () => Promise.resolve(failed) }))).toBeUndefined();
    expect(await firstAnswer(new Desk().attempts({ candidates: [] }))).toBeUndefined();
  });
});

describe('Patience', () => {
  it('ends at the 95th percentile of the last answers, once enough are known', () => {
    const patience = new Patience();
    for (let ms = 1; ms <= 7; ms++) patience.took(1_000 * ms);
    expect(patience.ms).toBeUndefined();
    for (let ms = 1; ms <= 64; ms++) patience.took(100 * ms);
    expect(patience.ms).toBe(6_100);
    for (let ms = 1; ms <= 64; ms++) patience.took(1);
    expect(patience.ms).toBe(50);
  });
});

describe('SecondQuestions', () => {
  it('are a tenth of all questions, and five at once at most', () => {
    const seconds = new SecondQuestions();
    let taken = 0;
    for (let question = 0; question < 1_000; question++) {
      seconds.asked();
      if (seconds.take()) taken++;
    }
    expect(taken).toBeGreaterThanOrEqual(99);
    expect(taken).toBeLessThanOrEqual(101);
    for (let question = 0; question < 1_000; question++) seconds.asked();
    expect([1, 2, 3, 4, 5, 6].map(() => seconds.take())).toEqual([true, true, true, true, true, false]);
  });
});
