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

/** The section that a file may leave out. */
const EVENT_FIELDS: readonly ParameterField[] = [
  {
    name: 'events.learningEvents',
    ...{ least: 100, most: 5_000, isWhole: true },
    meaning: "Events of a sender's step that are learned from before the first is judged.",
  },
  {
    name: 'events.memory',
    ...{ least: 128, most: 2_048, isWhole: true },
    meaning: "The last events of a sender's step that others are held against.",
  },
  {
    name: 'events.window',
    ...{ least: 100, most: 10_000, isWhole: true },
    meaning:
      'Events over which the share of those told for nothing is held; the more, the less one alone is told of.',
  },
  {
    name: 'events.tailCaution',
    ...{ least: 0, most: 5, isWhole: false },
    meaning:
      'Standard errors by which rare events are taken to be less rare than was fitted; the more, the less is told.',
  },
];

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
  ...EVENT_FIELDS,
];

/** The numbers of a set, in the order of the fields; those of the program where it has no section of events. */
export function parameterLines(set: AnomalyParameterSet): ParameterLine[] {
  const { series, readings, eventsInForce: events } = set;
  const whole = { series, readings, events };
  return PARAMETER_FIELDS.map((field) => ({ ...field, value: valueAt(whole, field.name) as number }));
}

/** What stands in a tree of objects under names joined by points; undefined where nothing does. */
export function valueAt(tree: unknown, name: string): unknown {
  let found = tree;
  for (const part of name.split('.'))
    found =
      typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined;
  return found;
}
