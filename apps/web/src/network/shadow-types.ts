import type { Hex } from './types.js';

/** One error of a candidate beside that of what was in force, on the same forecasts. */
export interface ShadowDifference {
  measure: string;
  series: number;
  candidate: number;
  running: number;
  difference: number;
  /** Null for fewer series than can bound anything. */
  low: number | null;
  high: number | null;
  verdict: 'BETTER' | 'WORSE' | 'UNDECIDED';
}

/** How its newest run over many series goes, or went. */
export interface ShadowProgress {
  phase: 'WAITING' | 'FORECASTING' | 'SETTLING' | 'WRITING' | 'CLOSING' | 'STORED' | 'KNOWN' | 'ABANDONED';
  series: number;
  shards: number;
  shardsForecast: number;
  shardsWritten: number;
  expectedAt: string | null;
}

/** What a version forecast before it was in force; amounts as the api says them. */
export interface Shadow {
  state: 'RUNS' | 'WAITS' | 'REFUSED' | 'ENDED' | null;
  reason: string | null;
  since: string | null;
  runs: number;
  scored: number;
  origins: number;
  coverage80: number | null;
  lastRunSeconds: number | null;
  running: { versionIds: Hex[]; pairs: number; coverage80: number } | null;
  pairedDifference: ShadowDifference[];
  confidence: number | null;
  /** Null where one worker makes its runs. */
  progress: ShadowProgress | null;
}
