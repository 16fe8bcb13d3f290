import { anchorHead } from '../../identity.js';
import { eventLeaf } from '../../leaves.js';
import { verifyMerkleProof } from '../../merkle.js';
import { EVENT_LEAF_SCHEMA } from '../bundle.js';
import type { Step } from '../verification.js';
import { held, must } from './outcome.js';

/** The leaf lies under the batch's root, as deep as a batch of that size has its leaves. */
export const batchPathStep: Step = ({ leaf, batch }) => {
  must(batch.schemaId === EVENT_LEAF_SCHEMA, `leaves of the schema ${batch.schemaId} are not known here`);
  must(batch.count > 0, 'a batch of no events');
  const least = Math.floor(Math.log2(batch.count));
  const most = Math.floor(Math.log2(2 * batch.count - 1));
  must(
    batch.path.length >= least && batch.path.length <= most,
    `${batch.path.length} siblings, but a batch of ${batch.count} events has its leaves under ${least} to ${most}`,
  );
  const hash = eventLeaf({ ...leaf, recordTime: BigInt(leaf.recordTime) });
  must(
    verifyMerkleProof(batch.root, hash, batch.path),
    `the leaf ${hash} does not lie under the root ${batch.root}`,
  );
  return held(`leaf ${hash} lies under root ${batch.root} of ${batch.count} events`);
};

/** The batch follows its predecessor as its head says. */
export const batchHeadStep: Step = ({ batch }) => {
  const found = anchorHead({ ...batch, seq: BigInt(batch.seq) });
  must(found === batch.head, `the batch gives the head ${found}, the bundle says ${batch.head}`);
  return held(`batch ${batch.seq} of ${batch.partner} follows ${batch.prevHead}; head ${found}`);
};
