import { autoregression } from '../methods/autoregression/autoregression.js';
import { deseasonalised } from '../methods/deseasonalised.js';
import { ets } from '../methods/ets/ets.js';
import { crostonSba, tsb } from '../methods/intermittent.js';
import { flat, meanOf, type LocalMethod } from '../methods/local-method.js';
import { logarithmic } from '../methods/logarithmic.js';
import { naive, seasonalNaive, zero } from '../methods/naive.js';
import { ses } from '../methods/ses.js';
import { thetaDynamic } from '../methods/theta-dynamic.js';
import { theta } from '../methods/theta.js';
import type { DemandClass } from './demand-class.js';

/** A method of the ensemble and what it weighs before any backtest: the literature's opinion. */
export interface Member {
  readonly name: string;
  readonly method: LocalMethod;
  /** Prior weight; those of a class sum to 1. */
  readonly prior: number;
}

const average: LocalMethod = {
  name: 'mean',
  minLength: 1,
  fit: () => ({ forecast: (history, horizon) => flat(meanOf(history), horizon) }),
};

const member = (name: string, prior: number, method: LocalMethod): Member => ({ name, prior, method });

/** Smoothing carries the prior: on short histories it wins every competition (Makridakis et al. 2020). */
const smoothMembers = (seasons: readonly number[]): Member[] => [
  member('theta-dynamic', 0.4, deseasonalised(thetaDynamic)),
  member('theta-dynamic-log', 0.2, logarithmic(deseasonalised(thetaDynamic))),
  member('theta', 0.2, deseasonalised(theta)),
  member('ets', 0.2, ets),
  member('ar', 0, autoregression({ seasons })),
  member('ar-log', 0, autoregression({ seasons, log: true })),
  member('ar-steps', 0, autoregression({ seasons, difference: true })),
  member('ar-log-steps', 0, autoregression({ seasons, log: true, difference: true })),
  member('seasonal-naive', 0, seasonalNaive),
];

const tsbOf = (weight: number): LocalMethod => tsb({ size: weight, interval: weight });

const intermittentMembers = (): Member[] => [
  member('tsb', 0.4, tsbOf(0.1)),
  member('tsb-quick', 0.4, tsbOf(0.2)),
  member('tsb-quickest', 0, tsbOf(0.3)),
  member('croston-sba', 0.2, crostonSba({ size: 0.1, interval: 0.1 })),
  member('ses', 0, ses),
  member('mean', 0, average),
];

/**
 * The members of a class.
 *
 * @param seasons periods of each season, shortest first, for the methods that can see several
 */
export const membersOf = (demand: DemandClass, seasons: readonly number[]): readonly Member[] =>
  demand === 'smooth' ? smoothMembers(seasons) : intermittentMembers();

/** What stands in for a member whose method needs more history; 'zero' where nothing was observed. */
export const substituteFor = (length: number): LocalMethod => (length === 0 ? zero : naive);
