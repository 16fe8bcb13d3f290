/** What a caller can act on when building, reading or running a model graph fails. */
export type ComputeErrorCode =
  | 'bad-graph'
  | 'bad-model'
  | 'bad-tensor'
  | 'no-gradient'
  | 'engine-missing'
  | 'engine-failed'
  | 'engine-stopped';

/** Any expected failure of this library; `message` says what to do about it. */
export class ComputeError extends Error {
  readonly code: ComputeErrorCode;

  constructor(code: ComputeErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ComputeError';
    this.code = code;
  }
}

/** The text of anything thrown, for joining into a message of our own. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error || (typeof thrown === 'object' && thrown !== null && 'message' in thrown)
    ? String(thrown.message)
    : String(thrown);
}
