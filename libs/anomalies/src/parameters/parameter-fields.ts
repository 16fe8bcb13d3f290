import { DETECTOR_NAMES } from '../detectors/create-detectors.js';
import type { AnomalyParameterSet } from './parameter-set.js';

/** A number of the file: where it stands, what it may be and what it means to a voter. */
export interface ParameterField {
  /** Names from the top of the file, joined by points. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
  /** One sentence, without the value. */
  readonly meaning: string;
}

/** A number of a set, as voters read it. */
export interface ParameterLine extends ParameterField {
  readonly value: number;
}

const WEIGHTS = DETECTOR_NAMES.toSorted().map((detector): ParameterField => ({
  name: `series.weights.${detector}`,
  ...{ least: 0, most: 1, isWhole: false },
  meaning: `Share of the detector ${detector} in what is said of a series, beside the other shares; 0 leaves it out.`,
}));

/** Every number of a parameter file, in the order in which it is shown. */
export const PARAMETER_FIELDS: readonly ParameterField[] = [
  ...WEIGHTS,
  {
    name: 'series.capOrders',
    ...{ least: 1, most: 300, isWhole: false },
    meaning: 'The most that one detector may say, in decimal orders: 3 is one in a thousand.',
  },
  {
    name: 'series.minimumHistory',
    ...{ least: 20, most: 200, isWhole: true },
    meaning: 'Periods of a series that are learned from before the first is judged.',
  },
  {
    name: 'series.candidatePValue',
    ...{ least: 1e-9, most: 0.05, isWhole: false },
    meaning: 'A value of a series is looked at further only where its chance is at most this.',
  },
  {
    name: 'readings.learningReadings',
    ...{ least: 104, most: 5_200, isWhole: true },
    meaning: 'Readings of a sensor that are learned from before the first is judged.',
  },
  {
    name: 'readings.alarmNovelty',
    ...{ least: 0.5, most: 100, isWhole: false },
    meaning:
      'Readings of a sensor are told of where they are so many times as far from all before as is usual.',
  },
  {
    name: 'readings.quietReadings',
    ...{ least: 0, most: 100_000, isWhole: true },
    meaning: 'An alarm of a sensor within so many readings of the one before is not told again.',
  },
];

/** The numbers of a set, in the order of the fields. */
export function parameterLines(set: AnomalyParameterSet): ParameterLine[] {
  return PARAMETER_FIELDS.map((field) => ({ ...field, value: valueAt(set, field.name) as number }));
}

/** What stands in a tree of objects under names joined by points; undefined where nothing does. */
export function valueAt(tree: unknown, name: string): unknown {
  let found = tree;
  for (const part of name.split('.'))
    found =
      typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined;
  return found;
}
