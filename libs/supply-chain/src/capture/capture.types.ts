export type CaptureErrorBehaviour = 'ROLLBACK' | 'PROCEED';

export interface CaptureOptions {
  /** Address of the partner who sends, any case. */
  readonly partner: string;
  /** EPCIS 2.0 §12.6: one bad event refuses all (`ROLLBACK`), or only itself (`PROCEED`). */
  readonly errorBehaviour: CaptureErrorBehaviour;
  /** Media type of the bytes, as the sender gave it; looked at where none is given. */
  readonly mediaType?: string | undefined;
}

/** How a capture ended; the errors are kept with the job. */
export interface CaptureOutcome {
  readonly id: string;
  readonly state: 'SUCCEEDED' | 'PARTIAL' | 'FAILED';
  readonly total: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly rejected: number;
}
