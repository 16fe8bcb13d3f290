import { evidenceOf, NO_EVIDENCE, withWindow } from './evidence.js';

/** How a model and its baseline did on the series of one target period. */
export interface LossWindow {
  /** First moment of the period that was forecast. */
  readonly targetStart: Date;
  /** Series whose outcome is known. */
  readonly series: number;
  /** Mean over series of (model's error − baseline's) / (model's error + baseline's), −1 to 1; 0 where both were right. */
  readonly difference: number;
}

/** What a record says of a model beside its baseline. */
export type DriftState = 'STEADY' | 'BEHIND' | 'AHEAD';

export interface DriftVerdict {
  readonly state: DriftState;
  /** How strongly the record says that the model loses more than its baseline; 1 to begin with. */
  readonly evidenceBehind: number;
  readonly evidenceAhead: number;
  /** The target period at which the state was reached; null while it is STEADY. */
  readonly since: Date | null;
}

/** A model that is no worse is called BEHIND at any time of its life with this chance at most. */
export const FALSE_ALARM_RATE = 0.05;
/** What evidence must reach. */
export const EVIDENCE_NEEDED = 1 / FALSE_ALARM_RATE;

/**
 * Watches a record of windows, oldest first. BEHIND counts before AHEAD: a model that was better for long and has got worse is
 * worse now. A state once reached is kept.
 */
export function watchRecord(windows: readonly LossWindow[]): DriftVerdict {
  let [behind, ahead] = [NO_EVIDENCE, NO_EVIDENCE];
  let [behindSince, aheadSince]: (Date | null)[] = [null, null];
  for (const { targetStart, difference } of windows) {
    behind = withWindow(behind, difference);
    ahead = withWindow(ahead, -difference);
    if (evidenceOf(behind) >= EVIDENCE_NEEDED) behindSince ??= targetStart;
    if (evidenceOf(ahead) >= EVIDENCE_NEEDED) aheadSince ??= targetStart;
  }
  const evidence = { evidenceBehind: evidenceOf(behind), evidenceAhead: evidenceOf(ahead) };
  if (behindSince) return { state: 'BEHIND', ...evidence, since: behindSince };
  return aheadSince
    ? { state: 'AHEAD', ...evidence, since: aheadSince }
    : { state: 'STEADY', ...evidence, since: null };
}
