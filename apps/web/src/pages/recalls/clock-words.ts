import type { RecallProgress } from '../../network/audit-types.js';

/** A step of a recall: what it is, when it was done, how far it is until then. */
export interface Milestone {
  name: string;
  /** ISO 8601; null until it is done. */
  doneAt: string | null;
  /** How far it is, in words; null where that adds nothing. */
  standing: string | null;
}

/** The steps in the order in which a drill measures them. */
export function milestones(progress: RecallProgress, isDrill: boolean): Milestone[] {
  const { holders, delivered, answered } = progress;
  return [
    { name: 'Begun', doneAt: progress.begunAt, standing: null },
    { name: 'Traceback done', doneAt: progress.listedAt, standing: null },
    ...(isDrill ? [] : [{ name: 'On chain', doneAt: progress.onChainAt, standing: null }]),
    {
      name: 'Webhooks reached',
      doneAt: delivered === holders ? progress.deliveredAt : null,
      standing: `${delivered} of ${holders} holders`,
    },
    { name: 'All answered', doneAt: progress.answeredAt, standing: `${answered} of ${holders} holders` },
    { name: 'Ended', doneAt: progress.endedAt, standing: null },
  ];
}

/**
 * A stretch of time as a clock shows it; a clock of two machines that disagree never shows less than nothing.
 *
 * @example clockFace(3_725_000) // '1:02:05'
 */
export function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
