/**
 * Bets against "the model is no worse than its baseline": what a gambler would have made of them by now, starting with 1.
 * Kept in a few numbers however long the record is.
 */
export interface Evidence {
  /** Wealth of each bet that has begun, summed over the windows at which it may have begun. */
  readonly wealth: readonly number[];
  readonly windows: number;
}

/** Shares of the wealth that are put on the next window; small ones find small losses, large ones are quick. */
const STAKES = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
/** Wealth beyond this says no more, and must not run out of the numbers that there are. */
const MOST_WEALTH = 1e12;

export const NO_EVIDENCE: Evidence = { wealth: STAKES.map(() => 0), windows: 0 };

/** The share of wealth that is kept for bets that begin at a window: these shares add up to 1 over all windows. */
const shareOf = (window: number): number => 1 / (window * (window + 1));

/**
 * The evidence after a further window. Bets begin at every window with part of the wealth, so that a model which was good for
 * years is found out as well as one that never was (a mixture of test martingales over stakes and beginnings: Shafer 2021;
 * Shin, Ramdas and Rinaldo 2022).
 *
 * @param difference −1 to 1: above 0 where the model lost more than its baseline
 * @throws RangeError where it is not; a stake could lose more than it is
 */
export function withWindow({ wealth, windows }: Evidence, difference: number): Evidence {
  if (!(difference >= -1 && difference <= 1))
    throw new RangeError(`difference of losses: ${difference} is not from -1 to 1`);
  const window = windows + 1;
  return {
    wealth: STAKES.map((stake, at) =>
      Math.min(MOST_WEALTH, (wealth[at]! + shareOf(window)) * (1 + stake * difference)),
    ),
    windows: window,
  };
}

/**
 * The wealth now, bets that have not begun counting what they hold. For a model that is no worse than its baseline it ever
 * reaches 1/α with a chance of α at most, however long and however often one looks (Ville 1939).
 *
 * @example evidenceOf(NO_EVIDENCE) // 1
 */
export function evidenceOf({ wealth, windows }: Evidence): number {
  const begun = wealth.reduce((sum, value) => sum + value, 0) / wealth.length;
  return Math.min(MOST_WEALTH, begun + 1 / (windows + 1));
}
