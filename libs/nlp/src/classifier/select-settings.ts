import { decide } from '../evaluation/decide.js';
import { multiLabelFigures } from '../evaluation/metrics.js';
import { sigmoid } from './logistic.js';
import type { ClassifierSettings } from './one-vs-rest.js';
import type { HeldOut } from './validation.js';

/** What is used when there is too little to choose by: rare labels are lifted half-way. */
export const DEFAULT_SETTINGS: ClassifierSettings = {
  inversePenalty: 3,
  evidenceWeight: 2,
  halfLifeYears: null,
  balance: 0.5,
};

/** Where there is enough to choose thresholds by, these help rare labels; lifting them would spoil probabilities. */
const FIRST_SETTINGS: ClassifierSettings = { ...DEFAULT_SETTINGS, balance: 0 };

type TriedName = Exclude<keyof ClassifierSettings, 'balance'>;

/** What is tried of each setting, one setting after the other. */
const TRIED: { readonly [name in TriedName]: readonly ClassifierSettings[name][] } = {
  inversePenalty: [1, 3, 10],
  evidenceWeight: [1, 2, 3],
  halfLifeYears: [null, 3],
};
/** A change must bring this much more than what stands: less is noise. */
const WORTHWHILE = 0.002;

/** Settings and how they did on held-out texts: macro-F1, micro-F1 and average precision, added. */
export interface Tried {
  readonly settings: ClassifierSettings;
  readonly value: number;
}

function valueOf(labels: readonly string[], heldOut: HeldOut, settings: ClassifierSettings): number {
  const probabilities = heldOut.scores(settings).map((column) => column.map(sigmoid));
  const figures = multiLabelFigures(labels, heldOut.targets, decide(probabilities), probabilities);
  return figures.macroF1 + figures.microF1 + figures.meanAveragePrecision;
}

/** Chooses settings one after the other by what they do on held-out texts; gives all that was tried. */
export function selectSettings(
  labels: readonly string[],
  heldOut: HeldOut,
): { readonly settings: ClassifierSettings; readonly tried: readonly Tried[] } {
  let best: Tried = { settings: FIRST_SETTINGS, value: valueOf(labels, heldOut, FIRST_SETTINGS) };
  const tried = [best];
  for (const name of Object.keys(TRIED) as TriedName[]) {
    const from = best;
    for (const value of TRIED[name]) {
      if (value === from.settings[name]) continue;
      const settings = { ...from.settings, [name]: value };
      const next = { settings, value: valueOf(labels, heldOut, settings) };
      tried.push(next);
      if (next.value > best.value + WORTHWHILE) best = next;
    }
  }
  return { settings: best.settings, tried };
}
