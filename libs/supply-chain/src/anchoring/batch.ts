import {
  anchorHead,
  blindedLeaf,
  contentCommitment,
  EVENT_LEAF_SCHEMAS,
  merkleTree,
  toHex,
  type Hex,
} from '@tallyhouse/proofs';

/** Head of a partner's chain of batches before its first one. */
export const GENESIS_HEAD: Hex = `0x${'00'.repeat(32)}`;

/** How leaves of new batches are made; batches of an earlier form stay as they were anchored. */
export const LEAF_SCHEMA_ID: Hex = EVENT_LEAF_SCHEMAS[2];

/** An event that waits for its batch. */
export interface WaitingEvent {
  readonly eventId: string;
  readonly eventTime: Date;
  readonly recordTime: Date;
  readonly eventHash: Uint8Array;
  readonly jcsSha256: Uint8Array;
  readonly disclosureRoot: Uint8Array;
  /** The event's own secret; it blinds the hashes in the leaf. */
  readonly disclosureSecret: Uint8Array;
}

/** A batch ready to be anchored: its root, its place in the partner's chain and its leaves in order. */
export interface SealedBatch {
  readonly seq: bigint;
  readonly root: Hex;
  readonly prevHead: Hex;
  readonly head: Hex;
  readonly schemaId: Hex;
  readonly leaves: readonly Hex[];
}

/** What the batch follows. */
export interface BatchLink {
  readonly seq: bigint;
  readonly head: Hex;
}

/**
 * Puts events under one Merkle root that follows the partner's previous batch.
 *
 * @param submitter address of the key that will anchor the batch; it is part of each leaf
 */
export function sealBatch(events: readonly WaitingEvent[], submitter: Hex, previous: BatchLink): SealedBatch {
  const leaves = events.map((event) =>
    blindedLeaf({
      content: contentCommitment(
        { eventHashId: toHex(event.eventHash), jcsSha256: toHex(event.jcsSha256) },
        event.disclosureSecret,
      ),
      disclosureRoot: toHex(event.disclosureRoot),
      submitter,
      recordTime: BigInt(Math.floor(event.recordTime.getTime() / 1_000)),
    }),
  );
  return sealLeaves(leaves, LEAF_SCHEMA_ID, previous);
}

/**
 * Puts leaves of any schema under one Merkle root that follows the partner's previous batch.
 *
 * @throws ProofInputError `NO_LEAVES`
 */
export function sealLeaves(leaves: readonly Hex[], schemaId: Hex, previous: BatchLink): SealedBatch {
  const { root } = merkleTree(leaves);
  const seq = previous.seq + 1n;
  const head = anchorHead({ prevHead: previous.head, root, count: leaves.length, schemaId, seq });
  return { seq, root, prevHead: previous.head, head, schemaId, leaves };
}
