import type { Hex } from 'viem';

/** What is needed of a block's header. */
export interface BlockHeader {
  readonly number: number;
  readonly hash: Hex;
  /** Left out of a block that is known by its logs alone. */
  readonly parentHash?: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
  /** Left out where the header comes from the database. */
  readonly logsBloom?: Hex;
}

/** A log as the node gave it, numbers parsed, hex in lower case. */
export interface RawLog {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly logIndex: number;
  readonly transactionHash: Hex;
  /** Unix seconds; left out by nodes that do not say it. */
  readonly blockTime?: number;
}

/** A block with whole transactions and its receipts, as the node answered: proof of its logs, once checked. */
export interface BlockEvidence {
  readonly block: unknown;
  readonly receipts: unknown;
}

/** A head as an endpoint told of it; nothing of it is believed before a block that was asked for says the same. */
export interface ToldHead {
  readonly number: number;
  readonly hash: Hex;
  readonly logsBloom?: Hex;
}

/** The head, and of a block that was told to be it what one request brought along; left out where it brought none. */
export interface HeadAndMore {
  readonly head: BlockHeader;
  readonly logs?: RawLog[];
  readonly evidence?: BlockEvidence;
}
