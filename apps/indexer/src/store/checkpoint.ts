import type { Hex } from 'viem';
import type { BlockHeader } from '../rpc/raw-block.js';

/** A block that the chain will not take back, as far as its finality goes. */
export interface FinalBlock {
  readonly number: number;
  readonly hash: Hex;
}

/** How far the index has come, and of which chain and contracts it is. */
export interface Checkpoint {
  readonly block: BlockHeader;
  readonly genesisHash: Hex;
  readonly contractsDigest: string;
  /** The highest block known to be final; left out before one was seen. */
  readonly final?: FinalBlock;
}

/** Blocks below the head that are kept whole, so that a reorganisation among them is found block by block. */
export const FINALITY_WINDOW = 128;
