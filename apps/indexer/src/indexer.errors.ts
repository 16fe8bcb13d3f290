/** What went wrong, by what has to happen next. */
export type RetryCode =
  'RPC_UNAVAILABLE' | 'CHAIN_MOVED' | 'CHAIN_BEHIND' | 'LOGS_INCONSISTENT' | 'DATABASE_UNAVAILABLE';
export type StopCode =
  | 'WRONG_CHAIN'
  | 'CHAIN_REPLACED'
  | 'CONTRACTS_CHANGED'
  | 'REORG_TOO_DEEP'
  | 'LOG_UNREADABLE'
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

  public constructor(code: RetryCode, problem: string, options?: ErrorOptions) {
    super(code, problem, 'trying again by itself', options);
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
