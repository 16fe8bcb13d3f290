import { patternSteps, type Step } from './pattern-syntax.js';

/** A pattern that says whether a text holds a match; its time grows with the text, never explosively. */
export type LinearPattern = { test(text: string): boolean };

/** Longer texts match nothing: no identifier is so long, and time is text times steps. */
const MAX_TEXT = 4_096;

/**
 * Compiles a regular expression that somebody else wrote. All ways through it are followed at once (Thompson 1968,
 * "Regular expression search algorithm"), so that `(a*)*b` costs what `a*b` costs; JavaScript's own engine tries them
 * one after the other.
 *
 * @throws PatternFault for expressions that cannot be matched so
 * @example linearPattern('^(a*)*$').test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab') // false, at once
 */
export function linearPattern(source: string): LinearPattern {
  const steps = patternSteps(source);
  return { test: (text) => text.length <= MAX_TEXT && new Matching(steps, Array.from(text)).found() };
}

class Matching {
  /** The position at which each step was last reached, so that none is followed twice there. */
  private readonly reachedAt: Int32Array;

  public constructor(
    private readonly steps: readonly Step[],
    private readonly signs: readonly string[],
  ) {
    this.reachedAt = new Int32Array(steps.length).fill(-1);
  }

  public found(): boolean {
    let waiting: number[] = [];
    for (let position = 0; position <= this.signs.length; position++) {
      if (this.follow(0, position, waiting)) return true;
      const next: number[] = [];
      for (const at of waiting) {
        const step = this.steps[at]!;
        const takes = position < this.signs.length && step.op === 'sign' && step.fits(this.signs[position]!);
        if (takes && this.follow(at + 1, position + 1, next)) return true;
      }
      waiting = next;
    }
    return false;
  }

  /** Goes on from a step until signs are needed; says whether the pattern is through. */
  private follow(from: number, position: number, waiting: number[]): boolean {
    const open = [from];
    while (open.length > 0) {
      const at = open.pop()!;
      if (this.reachedAt[at] === position) continue;
      this.reachedAt[at] = position;
      const step = this.steps[at]!;
      if (step.op === 'done') return true;
      if (step.op === 'sign') waiting.push(at);
      else if (step.op === 'jump') open.push(step.to);
      else if (step.op === 'split') open.push(...step.to);
      else if (position === (step.op === 'start' ? 0 : this.signs.length)) open.push(at + 1);
    }
    return false;
  }
}
