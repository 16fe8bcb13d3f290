/** What a run in shards is doing, or how it ended. */
export type ShardPhase =
  | 'WAITING'
  | 'FORECASTING'
  | 'SETTLING'
  | 'WRITING'
  | 'CLOSING'
  | 'STORED'
  | 'KNOWN'
  | 'ABANDONED';

/** How an earlier run went, milliseconds a series; of settling and closing the whole. */
export interface EarlierPace {
  readonly series: number;
  readonly forecastMs: number;
  readonly settleMs: number;
  readonly writeMs: number;
  readonly closeMs: number;
}

/** How far a phase is whose shards are done one by one. */
export interface PhaseProgress {
  readonly begunMs: number;
  readonly shards: number;
  /** When the last few were done, oldest first; one more than RECENT_SHARDS where there are so many. */
  readonly recentMs: readonly number[];
  readonly done: number;
}

/** Shards that the pace is taken from: a worker that joins or goes is felt soon. */
export const RECENT_SHARDS = 16;

/**
 * Milliseconds until the last shard of a phase is done, at the pace of those done last; undefined before the first is.
 *
 * @example remainingMs({ begunMs: 0, shards: 4, done: 1, recentMs: [10] }, 10) // 30
 */
export function remainingMs(
  { begunMs, shards, recentMs, done }: PhaseProgress,
  nowMs: number,
): number | undefined {
  if (done >= shards) return 0;
  if (recentMs.length === 0) return undefined;
  const isLong = recentMs.length > RECENT_SHARDS;
  const spentMs = nowMs - (isLong ? recentMs[0]! : begunMs);
  return ((shards - done) * spentMs) / (isLong ? recentMs.length - 1 : done);
}

/** What is known of a run for its estimate. */
export interface RunPace {
  readonly phase: ShardPhase;
  readonly series: number;
  readonly phaseBegunMs: number;
  readonly progress: PhaseProgress;
  /** The last run of the family and frequency that was stored. */
  readonly earlier: EarlierPace | undefined;
}

/** Milliseconds until the run is stored; undefined where neither this run nor an earlier one tells of what is left. */
export function runRemainingMs(
  { phase, series, phaseBegunMs, progress, earlier }: RunPace,
  nowMs: number,
): number | undefined {
  const scale = earlier ? series / earlier.series : 0;
  const { settleMs = 0, writeMs = 0, closeMs = 0 } = earlier ?? {};
  const once = (ms: number): number => Math.max(0, scale * ms - (nowMs - phaseBegunMs));
  const inShards =
    remainingMs(progress, nowMs) ?? (earlier && scale * (phase === 'WRITING' ? writeMs : earlier.forecastMs));
  if (phase === 'WRITING') return inShards === undefined ? undefined : inShards + scale * closeMs;
  if (!earlier) return undefined;
  if (phase === 'FORECASTING') return inShards! + scale * (settleMs + writeMs + closeMs);
  if (phase === 'SETTLING') return once(settleMs) + scale * (writeMs + closeMs);
  return phase === 'CLOSING' ? once(closeMs) : undefined;
}
