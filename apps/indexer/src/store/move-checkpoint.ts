import type { BlockHeader } from '../rpc/raw-block.js';
import { isoTime } from './fact-batch.js';

/** How many values {@link moveValues} gives. */
export const MOVE_PARAMETERS = 9;

export const MOVE_SET = `block_number = $2::bigint, block_hash = $3, block_time = $4, head_number = $5::bigint, updated_at = now(),
  digest = coalesce($9, digest),
  final_number = CASE WHEN final_number <= $2::bigint THEN final_number END,
  final_hash = CASE WHEN final_number <= $2::bigint THEN final_hash END`;

/** From where this process left it, in the epoch that it leads. */
export const MOVE_WHERE = `chain_id = $1 AND block_number = $6::bigint AND block_hash = $7 AND writer_epoch = $8`;

/** One move of a checkpoint. */
export interface Move {
  readonly from: BlockHeader;
  readonly to: BlockHeader;
  readonly head: number;
  /** The running digest up to `to`; left out to keep what is there. */
  readonly digest?: string | null;
}

/** What stands for the parameters of {@link MOVE_SET} and {@link MOVE_WHERE}. */
export function moveValues(chainId: number, epoch: number, { from, to, head, digest }: Move): unknown[] {
  return [chainId, to.number, to.hash, isoTime(to), head, from.number, from.hash, epoch, digest ?? null];
}
