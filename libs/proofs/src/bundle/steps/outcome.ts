import { ProofInputError } from '../../proofs.errors.js';
import type { VerificationStep } from '../verification.js';

type Outcome = Omit<VerificationStep, 'name'>;

/** A step that held. */
export function held(says: string): Outcome {
  return { status: 'ok', says };
}

/** A step that stays open, and why. */
export function left(says: string): Outcome {
  return { status: 'open', says };
}

/** Ends the step as failed unless the condition holds. */
export function must(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new ProofInputError('BUNDLE', otherwise);
}
