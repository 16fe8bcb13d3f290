/** What went wrong, by what has to happen next. */
export type RetryCode =
  | 'RPC_UNAVAILABLE'
  | 'CHAIN_MOVED'
  | 'CHAIN_BEHIND'
  | 'LOGS_INCONSISTENT'
  | 'ENDPOINT_REFUTED'
  | 'DATABASE_UNAVAILABLE'
  | 'LEADERSHIP_LOST';
export type StopCode =
  | 'WRONG_CHAIN'
  | 'CHAIN_REPLACED'
  | 'CONTRACTS_CHANGED'
  | 'CONTRACTS_MISSING'
  | 'START_BLOCK_UNKNOWN'
  | 'REORG_TOO_DEEP'
  | 'LOG_UNREADABLE'
  | 'NO_HONEST_ENDPOINT'
  | 'CHECKPOINT_TAKEN';

abstract class IndexerError extends Error {
  public abstract readonly next: 'RETRY' | 'STOP' | 'ROLL_BACK';

  public constructor(
    public readonly code: RetryCode | StopCode | 'REORGANISED',
    problem: string,
    public readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(`${problem}; ${advice}`, options);
    this.name = new.target.name;
  }
}

/** The same step may succeed a moment later; nothing was written. */
export class RetryError extends IndexerError {
  public readonly next = 'RETRY';
  /** Present when an endpoint asked for a pause. */
  public readonly retryAfterMs: number | undefined;

  public constructor(
    code: RetryCode,
    problem: string,
    options: ErrorOptions & { readonly retryAfterMs?: number } = {},
  ) {
    super(code, problem, 'trying again by itself', options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A block below the head that a node does not have: the chain changed, the node is behind, or it withholds it. */
export class MissingBlockError extends RetryError {
  public constructor(public readonly blockNumber: number) {
    super('CHAIN_MOVED', `block ${blockNumber} is gone from the chain`);
  }
}

/** An endpoint's answer contradicts the hash of its block: it dropped, altered or invented something. */
export class RefutedError extends RetryError {
  public constructor(
    public readonly endpoint: string,
    public readonly blockNumber: number,
    /** What differs. */
    public readonly difference: string,
  ) {
    super('ENDPOINT_REFUTED', `${endpoint} is wrong about block ${blockNumber}: ${difference}`);
  }
}

/** Somebody has to change something first; nothing was written. */
export class StopError extends IndexerError {
  public readonly next = 'STOP';

  public constructor(code: StopCode, problem: string, advice: string, options?: ErrorOptions) {
    super(code, problem, advice, options);
  }
}

/** Blocks that were indexed are no longer part of the chain: rows above the common ancestor have to go. */
export class ReorganisedError extends IndexerError {
  public readonly next = 'ROLL_BACK';

  public constructor(problem: string) {
    super('REORGANISED', problem, 'rolling back to the common ancestor');
  }
}
