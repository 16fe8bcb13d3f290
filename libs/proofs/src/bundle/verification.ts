import type { Hex } from '../hex.js';
import type { JsonField, JsonObject } from '../json.js';
import type { AnchorProof, ProofBundle } from './bundle.js';

/** From the leaf to the block's hash: the same whatever the leaf is of. */
const ANCHOR_STEPS = [
  'fields asked for',
  'batch path',
  'batch head',
  'predecessors',
  'receipt',
  'log',
  'transaction',
  'header',
  'contract',
  'submitter',
] as const;

/** Steps of an event, in the order in which they are taken; the first that fails is the last one taken. */
export const STEP_NAMES = ['format', 'content', 'event hash id', 'disclosure', ...ANCHOR_STEPS] as const;
/** Steps of a text. */
export const TEXT_STEP_NAMES = ['format', 'text', 'record', ...ANCHOR_STEPS] as const;

/** A step from the event or text to the block's hash. */
export type StepName = (typeof STEP_NAMES | typeof TEXT_STEP_NAMES)[number];

/** How a step ended: `open` where the bundle or the caller leaves it open, which `says` tells. */
export type VerificationStep = { name: StepName; status: 'ok' | 'open' | 'failed'; says: string };

/** Computes a CBV 2.0 Event Hash ID, given the namespaces that only the document around the event declared. */
export type EventHashStrategy = (event: JsonObject, namespaces: Readonly<Record<string, string>>) => Hex;

/** What the verifier has from elsewhere. */
export type VerifyOptions = {
  /** Hash of the block's header, from a source that the verifier trusts. */
  header?: string;
  /** Address of TraceAnchor, from such a source. */
  anchorContract?: string;
  /** Address of PartnerRegistry, from such a source. */
  registry?: string;
  /** JSON Pointers of fields that must be shown. */
  disclose?: readonly string[];
  /** Left out, the event hash id stays open. */
  eventHash?: EventHashStrategy;
};

/** What the steps established, when all of them held. */
export type VerifiedFacts = {
  about: 'event' | 'text';
  /** Undefined where a bundle of the second form hides fields, and for a text. */
  eventHashId?: Hex;
  partner: Hex;
  /** The partner's GLN and how the submitter may speak for it, where the bundle proves it. */
  gln?: string;
  submitter: Hex;
  recordTime: number;
  batch: { seq: string; count: number; root: Hex; head: Hex };
  chainId: number;
  anchorContract: Hex;
  block: { number: bigint; hash: Hex; timestamp: bigint };
  /** Fields that are shown, and how many are hidden but bound. */
  shown: readonly JsonField[];
  hidden: number;
};

/** The answer to a bundle. */
export type VerificationResult = {
  /** `valid`: every step held and the caller pinned the header; `consistent`: held, but nobody pinned the header. */
  verdict: 'valid' | 'consistent' | 'invalid';
  /** The verdict in a sentence. */
  says: string;
  steps: VerificationStep[];
  failed?: StepName;
  facts?: VerifiedFacts;
  /** Not proved: what the server that made the bundle said. */
  stated?: ProofBundle['stated'];
};

/** A step's work: throws ProofInputError where it fails. */
export type Step<Bundle extends AnchorProof = AnchorProof> = (
  bundle: Bundle,
  options: VerifyOptions,
) => Omit<VerificationStep, 'name'>;
