import { readHeader } from '../block/header.js';
import { ProofInputError } from '../proofs.errors.js';
import { TEXT_BUNDLE_FORMAT, type AnchorProof, type ProofBundle, type TextBundle } from './bundle.js';
import { readBundle } from './read-bundle.js';
import { readTextBundle } from './read-text-bundle.js';
import { shownFields } from './redact-bundle.js';
import { formatOf } from './shape.js';
import { batchHeadStep, batchPathStep, predecessorsStep } from './steps/batch-steps.js';
import { contractStep, headerStep, logStep, receiptStep, transactionStep } from './steps/chain-steps.js';
import { submitterStep } from './steps/submitter-step.js';
import { askedStep, contentStep, disclosureStep, eventHashStep } from './steps/event-steps.js';
import { recordStep, textAskedStep, textFields, textPathStep, textStep } from './steps/text-steps.js';
import type {
  Step,
  StepName,
  VerificationResult,
  VerificationStep,
  VerifiedFacts,
  VerifyOptions,
} from './verification.js';

const TO_BLOCK: readonly (readonly [StepName, Step])[] = [
  ['batch head', batchHeadStep],
  ['predecessors', predecessorsStep],
  ['receipt', receiptStep],
  ['log', logStep],
  ['transaction', transactionStep],
  ['header', headerStep],
  ['contract', contractStep],
  ['submitter', submitterStep],
];
/** What comes after `format`. */
const EVENT_STEPS: readonly (readonly [StepName, Step<ProofBundle>])[] = [
  ['content', contentStep],
  ['event hash id', eventHashStep],
  ['disclosure', disclosureStep],
  ['fields asked for', askedStep],
  ['batch path', batchPathStep],
  ...TO_BLOCK,
];
const TEXT_STEPS: readonly (readonly [StepName, Step<TextBundle>])[] = [
  ['text', textStep],
  ['record', recordStep],
  ['fields asked for', textAskedStep],
  ['batch path', textPathStep],
  ...TO_BLOCK,
];

/**
 * Verifies a bundle: from the event, or its shown fields, to the hash of the block. Never throws, whatever it is
 * given; the first step that fails ends it and is named.
 *
 * @param bundle - parsed JSON from anywhere; the caller bounds the size of the text
 * @example verifyBundle(JSON.parse(text), { header: '0x…' }).says // 'valid as of block 17 (0x…) of chain 1'
 */
export function verifyBundle(bundle: unknown, options: VerifyOptions = {}): VerificationResult {
  const steps: VerificationStep[] = [];
  const take = <Value>(name: StepName, work: () => Value): Value | undefined => {
    try {
      return work();
    } catch (error) {
      steps.push({ name, status: 'failed', says: reasonOf(error) });
      return undefined;
    }
  };
  const opened = take('format', () => open(bundle, options));
  if (!opened) return failure(steps);
  steps.push({ name: 'format', status: 'ok', says: `the file is a ${opened.proof.format}` });
  for (const { name, work } of opened.steps) {
    const outcome = take(name, work);
    if (!outcome) return failure(steps);
    steps.push({ name, ...outcome });
  }
  return success(opened, options, steps);
}

/** A bundle that was read, the steps that it asks for, and what is about it alone. */
type Opened = {
  proof: AnchorProof;
  steps: readonly { name: StepName; work: () => ReturnType<Step> }[];
  facts: () => Pick<VerifiedFacts, 'about' | 'eventHashId' | 'shown' | 'hidden'>;
};

function open(value: unknown, options: VerifyOptions): Opened {
  const stepsOf = <Bundle extends AnchorProof>(
    bundle: Bundle,
    steps: readonly (readonly [StepName, Step<Bundle>])[],
  ): Opened['steps'] => steps.map(([name, step]) => ({ name, work: () => step(bundle, options) }));
  if (formatOf(value) === TEXT_BUNDLE_FORMAT) {
    const proof = readTextBundle(value);
    const facts = () => ({ about: 'text' as const, shown: textFields(proof), hidden: 0 });
    return { proof, steps: stepsOf(proof, TEXT_STEPS), facts };
  }
  const proof = readBundle(value);
  return { proof, steps: stepsOf(proof, EVENT_STEPS), facts: () => eventFacts(proof) };
}

function failure(steps: VerificationStep[]): VerificationResult {
  const { name, says } = steps.at(-1)!;
  return { verdict: 'invalid', says: `not valid: ${name}: ${says}`, steps, failed: name };
}

function success(
  { proof, facts }: Opened,
  options: VerifyOptions,
  steps: VerificationStep[],
): VerificationResult {
  const found = { ...facts(), ...anchorFacts(proof) };
  const place = `block ${found.block.number} (${found.block.hash}) of chain ${found.chainId}`;
  const isPinned = options.header !== undefined;
  return {
    verdict: isPinned ? 'valid' : 'consistent',
    says: isPinned ? `valid as of ${place}` : `consistent, header not pinned: ${place}`,
    steps,
    facts: found,
    stated: proof.stated,
  };
}

function eventFacts({ event, leaf }: ProofBundle): ReturnType<Opened['facts']> {
  return {
    about: 'event',
    ...('content' in leaf ? {} : { eventHashId: leaf.eventHashId }),
    shown: shownFields(event).map(({ path, value }) => ({ path, value })),
    hidden: event.shown === 'some' ? event.hidden.length : 0,
  };
}

function anchorFacts(proof: AnchorProof): Omit<VerifiedFacts, keyof ReturnType<Opened['facts']>> {
  const { leaf, batch } = proof;
  const { number, hash, timestamp } = readHeader(proof.header);
  return {
    ...(proof.rights && { gln: proof.rights.gln }),
    partner: batch.partner,
    submitter: leaf.submitter,
    recordTime: leaf.recordTime,
    batch: { seq: batch.seq, count: batch.count, root: batch.root, head: batch.head },
    chainId: proof.chainId,
    anchorContract: proof.anchorContract,
    block: { number, hash, timestamp },
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof ProofInputError) return error.message;
  return `cannot be read: ${error instanceof Error ? error.message : 'unknown fault'}`.slice(0, 300);
}
