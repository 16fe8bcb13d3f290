import { comparisonWords } from '../duplicates/shingles.js';

/** What the words of a reason say about what is proposed. */
export type Stance = 'OPPOSES' | 'SUPPORTS' | 'UNCLEAR';

export interface ReasonStance {
  readonly stance: Stance;
  /** From -1 (all words against) to 1. */
  readonly score: number;
  /** Words that decided, as they stand in the reason. */
  readonly words: readonly string[];
}

const GOOD = new Set(
  `agree agreed accurate advantage approve approved beneficial benefit benefits best better calibrated clear confident convincing correct
  endorse excellent fair faster favor favour fine gain gains good great helpful honest improve improved improvement improvements improves
  lower measured positive precise progress proven reliable robust safe safer solid sound strong stronger support supports supported
  sensible thorough transparent trust useful valid welcome works worth yes`.split(/\s+/),
);
const BAD = new Set(
  `against bad bias biased broken concern concerned concerns costly dangerous disagree disagreed doubt doubtful doubts error errors fail
  failed fails failing flaw flawed incorrect insufficient leak leakage missing misleading overfit overfitted overfitting oppose opposed
  opaque poor premature problem problems reject rejected risk risks risky rushed slower unclear unproven unreliable unsafe untested
  unfair weak weaker worse worst wrong no`.split(/\s+/),
);
const TURNS = new Set([
  'not',
  'no',
  'never',
  'without',
  'hardly',
  'isn',
  'doesn',
  'don',
  'didn',
  'wasn',
  'cannot',
  'less',
  'lacks',
  'lack',
  'nothing',
  'neither',
]);
const REACH = 3;
const DECIDED = 0.2;

/**
 * The stance of a reason by a lexicon with negation: a rule, not a model, so that it is the same everywhere and cannot be
 * talked into anything by what the reason says. English only; a reason without a known word is UNCLEAR.
 *
 * @example reasonStance('not better on lanes, and overfitted').stance // 'OPPOSES'
 */
export function reasonStance(reason: string): ReasonStance {
  const clauses = reason.replace(/n['’]t\b/gi, ' not').split(/[,;.:!?\n]|\bbut\b/i);
  const signs = clauses.flatMap((clause) => signsOf(comparisonWords(clause)));
  const score = signs.length === 0 ? 0 : signs.reduce((sum, { sign }) => sum + sign, 0) / signs.length;
  const stance = score > DECIDED ? 'SUPPORTS' : score < -DECIDED ? 'OPPOSES' : 'UNCLEAR';
  return { stance, score, words: signs.map(({ word }) => word) };
}

/** Known words of a clause with their sign, turned round by a negation shortly before. */
function signsOf(words: readonly string[]): { word: string; sign: number }[] {
  return words.flatMap((word, index) => {
    const sign = GOOD.has(word) ? 1 : BAD.has(word) ? -1 : 0;
    if (sign === 0 || (word === 'no' && index + 1 < words.length)) return [];
    const turns = words.slice(Math.max(0, index - REACH), index).filter((each) => TURNS.has(each)).length;
    return [{ word, sign: turns % 2 === 1 ? -sign : sign }];
  });
}
