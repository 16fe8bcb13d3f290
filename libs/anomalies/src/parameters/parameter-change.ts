import { NoveltyDetector } from '../novelty/novelty-detector.js';
import { parameterLines } from './parameter-fields.js';
import { eventLearningOf } from '../events/event-parameters.js';
import type { AnomalyParameterSet, ReadingParameters } from './parameter-set.js';

/** A number that differs between two sets. */
export interface ParameterChange {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly meaning: string;
}

/** What differs, in the order of the fields. */
export function parameterChanges(before: AnomalyParameterSet, after: AnomalyParameterSet): ParameterChange[] {
  const later = new Map(parameterLines(after).map(({ name, value }) => [name, value]));
  return parameterLines(before).flatMap(({ name, value, meaning }) =>
    later.get(name) === value ? [] : [{ name, before: value, after: later.get(name)!, meaning }],
  );
}

/** Whether what was learned of events is of no use under the new parameters. */
export function learnsEventsAnew(before: AnomalyParameterSet, after: AnomalyParameterSet): boolean {
  return eventLearningOf(before.eventsInForce) !== eventLearningOf(after.eventsInForce);
}

/** Whether what streams of readings learned is of no use under the new parameters, as so many other readings come to a value. */
export function learnsAnew(before: ReadingParameters, after: ReadingParameters): boolean {
  return NoveltyDetector.stepOf(before.learningReadings) !== NoveltyDetector.stepOf(after.learningReadings);
}
