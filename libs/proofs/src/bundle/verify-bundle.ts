import { readHeader } from '../block/header.js';
import { ProofInputError } from '../proofs.errors.js';
import type { ProofBundle } from './bundle.js';
import { readBundle } from './read-bundle.js';
import { shownFields } from './redact-bundle.js';
import { batchHeadStep, batchPathStep, predecessorsStep } from './steps/batch-steps.js';
import { contractStep, headerStep, logStep, receiptStep, transactionStep } from './steps/chain-steps.js';
import { submitterStep } from './steps/submitter-step.js';
import { askedStep, contentStep, disclosureStep, eventHashStep } from './steps/event-steps.js';
import type {
  Step,
  StepName,
  VerificationResult,
  VerificationStep,
  VerifiedFacts,
  VerifyOptions,
} from './verification.js';

/** What comes after `format`. */
const STEPS: readonly (readonly [StepName, Step])[] = [
  ['content', contentStep],
  ['event hash id', eventHashStep],
  ['disclosure', disclosureStep],
  ['fields asked for', askedStep],
  ['batch path', batchPathStep],
  ['batch head', batchHeadStep],
  ['predecessors', predecessorsStep],
  ['receipt', receiptStep],
  ['log', logStep],
  ['transaction', transactionStep],
  ['header', headerStep],
  ['contract', contractStep],
  ['submitter', submitterStep],
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
  const read = take('format', () => readBundle(bundle));
  if (!read) return failure(steps);
  steps.push({ name: 'format', status: 'ok', says: `the file is a ${read.format}` });
  for (const [name, step] of STEPS) {
    const outcome = take(name, () => step(read, options));
    if (!outcome) return failure(steps);
    steps.push({ name, ...outcome });
  }
  return success(read, options, steps);
}

function failure(steps: VerificationStep[]): VerificationResult {
  const { name, says } = steps.at(-1)!;
  return { verdict: 'invalid', says: `not valid: ${name}: ${says}`, steps, failed: name };
}

function success(bundle: ProofBundle, options: VerifyOptions, steps: VerificationStep[]): VerificationResult {
  const facts = factsOf(bundle);
  const place = `block ${facts.block.number} (${facts.block.hash}) of chain ${facts.chainId}`;
  const isPinned = options.header !== undefined;
  return {
    verdict: isPinned ? 'valid' : 'consistent',
    says: isPinned ? `valid as of ${place}` : `consistent, header not pinned: ${place}`,
    steps,
    facts,
    stated: bundle.stated,
  };
}

function factsOf(bundle: ProofBundle): VerifiedFacts {
  const { leaf, batch, event } = bundle;
  const { number, hash, timestamp } = readHeader(bundle.header);
  return {
    ...('content' in leaf ? {} : { eventHashId: leaf.eventHashId }),
    ...(bundle.rights && { gln: bundle.rights.gln }),
    partner: batch.partner,
    submitter: leaf.submitter,
    recordTime: leaf.recordTime,
    batch: { seq: batch.seq, count: batch.count, root: batch.root, head: batch.head },
    chainId: bundle.chainId,
    anchorContract: bundle.anchorContract,
    block: { number, hash, timestamp },
    shown: shownFields(event).map(({ path, value }) => ({ path, value })),
    hidden: event.shown === 'some' ? event.hidden.length : 0,
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof ProofInputError) return error.message;
  return `cannot be read: ${error instanceof Error ? error.message : 'unknown fault'}`.slice(0, 300);
}
