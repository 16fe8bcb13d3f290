import type { Hex } from 'viem';
import type { BlockHeader } from '../rpc/raw-block.js';

/** How far the index has come, and of which chain and contracts it is. */
export interface Checkpoint {
  readonly block: BlockHeader;
  readonly genesisHash: Hex;
  readonly contractsDigest: string;
}

/** Blocks below the head that are kept whole, so that a reorganisation among them is found block by block. */
export const FINALITY_WINDOW = 128;
