import { canonicalJson, sha256Hex } from '@tallyhouse/proofs';

/** How events are judged. */
export const EVENT_PARAMETERS = {
  format: 'tallyhouse.event-parameters/1',
  /** Events of a stream that are learned from before the first is judged. */
  learningEvents: 250,
  /** Trees of the forest, and events that each is grown of. */
  trees: 40,
  sample: 128,
  /** Power of the distance from the middle: one feature that is far out must outweigh eleven that wander about. */
  stretch: 1.5,
  /** The feature of which only more than usual can set an event apart: a history that is brought in at once is recorded ever sooner. */
  moreAlone: 'delay',
  /** The last events, of which a forest is grown, and after how many it is grown anew. */
  memory: 512,
  regrowEvery: 256,
  /** Events before the first forest. */
  firstForest: 64,
  /** Past scores that a score is held against. */
  scores: 1_000,
  /** Events of a stream that are held against each other. */
  window: 1_000,
  /** Of what is likelier than this to be nothing, no row is kept; nobody may set a looser level. */
  keptLevel: 0.25,
} as const;

/** SHA-256 of the parameters: what rows name. They come with the program and are not voted on. */
export const EVENT_PARAMETERS_VERSION = sha256Hex(new TextEncoder().encode(canonicalJson(EVENT_PARAMETERS)));
