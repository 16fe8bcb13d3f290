import { LATENESS_SETTINGS, type LatenessSettings } from './lateness-settings.js';

/** A number that a version is read with: where it stands in the file, what it may be and what it means to a voter. */
export interface LatenessField {
  /** Names from the top of the settings, joined by a point. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
  readonly meaning: string;
}

const days = { least: 1, most: 3_650, isWhole: true };
const strength = { least: 0.01, most: 1_000, isWhole: false };
const { noticeDays } = LATENESS_SETTINGS;

/** Every number that is decided and not learned, in the order in which it is shown. */
export const LATENESS_FIELDS: readonly LatenessField[] = [
  {
    // The outlook is told of deliveries promised for so many days from now, whatever version tells it.
    name: 'noticeDays',
    ...{ least: noticeDays, most: noticeDays, isWhole: true },
    meaning: 'Days before the promised day at which the question is asked.',
  },
  {
    name: 'groups.prior',
    ...{ least: 0.1, most: 1_000, isWhole: false },
    meaning: 'Imagined deliveries at the overall rate that stand beside those of a group.',
  },
  {
    name: 'groups.halfLifeDays',
    ...days,
    meaning: 'Days after which a delivery counts half in the recent rate of its group.',
  },
  {
    name: 'groups.mostDelayDays',
    ...days,
    meaning: 'The most that one delay counts in the mean of its group, in days.',
  },
  {
    name: 'calibration.heldDays',
    ...days,
    meaning:
      'Days of outcomes, the last before it was learned, that the trees of the calibration had not seen.',
  },
  {
    name: 'calibration.everyDays',
    ...days,
    meaning: 'Days between two calibrations while past deliveries are asked about one after the other.',
  },
  {
    name: 'calibration.halfLifeDays',
    ...days,
    meaning: 'Days after which an outcome counts half in the calibration.',
  },
  {
    name: 'calibration.leastRate',
    ...{ least: 0.0001, most: 0.5, isWhole: false },
    meaning: 'The least rate of lateness that a lane is taken to have.',
  },
  {
    name: 'calibration.mostRate',
    ...{ least: 0.5, most: 0.9999, isWhole: false },
    meaning: 'The largest rate of lateness that a lane is taken to have.',
  },
  {
    name: 'calibration.holdSignal',
    ...strength,
    meaning: 'How strongly trees and lane are held to equal shares while outcomes are few.',
  },
  {
    name: 'calibration.holdOffset',
    ...strength,
    meaning: 'How strongly the calibration is held from moving all probabilities one way.',
  },
  {
    name: 'arrival.prior',
    ...{ least: 0.1, most: 1_000, isWhole: false },
    meaning: 'Deliveries of the lane as many as which all of its mode count, in when one arrives.',
  },
  {
    name: 'arrival.latest',
    ...{ least: 20, most: 10_000, isWhole: true },
    meaning: 'Last delays of a group that are remembered, in when a delivery arrives.',
  },
];

/** What stands in settings, or in a file of them, under names joined by a point; undefined where nothing does. */
export function settingAt(tree: unknown, name: string): unknown {
  let found = tree;
  for (const part of name.split('.'))
    found =
      typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined;
  return found;
}

/** The numbers of settings, in the order of the fields. */
export function latenessLines(settings: LatenessSettings): (LatenessField & { readonly value: number })[] {
  return LATENESS_FIELDS.map((field) => ({ ...field, value: settingAt(settings, field.name) as number }));
}
