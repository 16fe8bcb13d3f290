import { canonicalJson, sha256Hex, type Hex, type JsonObject } from '@tallyhouse/proofs';
import {
  SHIPPED_EVENT_PARAMETERS,
  type AnomalyParameterSet,
  type EventParameters,
} from '../parameters/parameter-set.js';

/** What of judging events is part of the program and not voted on. */
export const EVENT_PROGRAM = {
  format: 'tallyhouse.event-parameters/2',
  /** Trees of the forest, and events that each is grown of. */
  trees: 40,
  sample: 128,
  /** Power of the distance from the middle: one feature that is far out must outweigh eleven that wander about. */
  stretch: 3,
  /** The feature of which only more than usual can set an event apart: a history that is brought in at once is recorded ever sooner. */
  moreAlone: 'delay',
  /** After how many events a forest is grown anew. */
  regrowEvery: 256,
  /** Events before the first forest. */
  firstForest: 64,
  /** Of what is likelier than this to be nothing, no row is kept; nobody may set a looser level. */
  keptLevel: 0.25,
} as const;

/** What rows name where no file in force says how events are judged: the SHA-256 of the numbers of the program. */
export const EVENT_PROGRAM_VERSION = hashOf(SHIPPED_EVENT_PARAMETERS);

/** What rows of events name: the file in force where it says how they are judged. */
export function eventVersionOf(set: AnomalyParameterSet): Hex {
  return set.events ? set.version : EVENT_PROGRAM_VERSION;
}

/** What a stream learned is of use under all parameters that give the same. */
export function eventLearningOf({ memory }: EventParameters): Hex {
  return hashOf({ memory });
}

function hashOf(numbers: Partial<EventParameters>): Hex {
  const all: JsonObject = { ...EVENT_PROGRAM, ...numbers };
  return sha256Hex(new TextEncoder().encode(canonicalJson(all)));
}
