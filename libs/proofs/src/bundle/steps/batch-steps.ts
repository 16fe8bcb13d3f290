import { blindedLeaf, EVENT_LEAF_SCHEMAS, leafOfSchema } from '../../blinded-leaf.js';
import type { Hex } from '../../hex.js';
import { anchorHead } from '../../identity.js';
import { eventLeaf } from '../../leaves.js';
import { verifyMerkleProof } from '../../merkle.js';
import { BUNDLE_FORMATS, type AnchorProof, type ProofBundle } from '../bundle.js';
import type { Step } from '../verification.js';
import { held, left, must } from './outcome.js';

const NO_HEAD = `0x${'00'.repeat(32)}`;

/** The leaf lies under the batch's root, as deep as a batch of that size has its leaves. */
export const batchPathStep: Step<ProofBundle> = (bundle) => underRoot(bundle.batch, leafOf(bundle), 'events');

/** Whether a hash is a leaf of the batch; `what` names those of it in the plural. */
export function underRoot(
  batch: AnchorProof['batch'],
  leaf: Hex,
  what: 'events' | 'texts',
): ReturnType<Step> {
  must(batch.count > 0, `a batch of no ${what}`);
  const least = Math.floor(Math.log2(batch.count));
  const most = Math.floor(Math.log2(2 * batch.count - 1));
  must(
    batch.path.length >= least && batch.path.length <= most,
    `${batch.path.length} siblings, but a batch of ${batch.count} ${what} has its leaves under ${least} to ${most}`,
  );
  must(
    verifyMerkleProof(batch.root, leaf, batch.path),
    `the leaf ${leaf} does not lie under the root ${batch.root}`,
  );
  return held(`leaf ${leaf} lies under root ${batch.root} of ${batch.count} ${what}`);
}

/** Each form of bundle is for leaves of its own form, so that none is read as another. */
function leafOf({ format, event, leaf, batch: { schemaId } }: ProofBundle): Hex {
  const form = format === BUNDLE_FORMATS[1] ? 1 : 2;
  must(
    schemaId === EVENT_LEAF_SCHEMAS[form],
    `leaves of the schema ${schemaId} do not go with a ${format}, which has ${EVENT_LEAF_SCHEMAS[form]}`,
  );
  const recordTime = BigInt(leaf.recordTime);
  if ('content' in leaf) return blindedLeaf({ ...leaf, recordTime });
  if (form === 1) return eventLeaf({ ...leaf, recordTime });
  must(event.shown === 'all', 'both hashes of an event that is not shown whole');
  const found = leafOfSchema(schemaId, { ...leaf, recordTime, secret: event.secret });
  must(found !== undefined, `leaves of the schema ${schemaId} are not known here`);
  return found;
}

/** The batch follows its predecessor as its head says. */
export const batchHeadStep: Step = ({ batch }) => {
  const found = anchorHead({ ...batch, seq: BigInt(batch.seq) });
  must(found === batch.head, `the batch gives the head ${found}, the bundle says ${batch.head}`);
  return held(`batch ${batch.seq} of ${batch.partner} follows ${batch.prevHead}; head ${found}`);
};

/** The partner's earlier batches lead to this one, from its first or from a head that is named. */
export const predecessorsStep: Step = ({ predecessors, batch }) => {
  if (!predecessors) return left('a bundle of the first form does not carry the batches before this one');
  const { links } = predecessors;
  let head = predecessors.head;
  let seq = BigInt(predecessors.seq);
  must((seq === 0n) === (head === NO_HEAD), 'only the first batch follows no head, and it follows no other');
  for (const link of links) {
    seq += 1n;
    must(seq < 1n << 64n, 'more batches than there can be');
    head = anchorHead({ ...link, prevHead: head, seq });
  }
  must(
    head === batch.prevHead && seq + 1n === BigInt(batch.seq),
    `${links.length} batches from ${predecessors.seq} on lead to ${head}, number ${seq}, not to ${batch.prevHead} before number ${batch.seq}`,
  );
  const from = predecessors.seq === '0' ? "the partner's first" : `number ${BigInt(predecessors.seq) + 1n}`;
  return held(
    links.length === 0
      ? `batch ${batch.seq} is named as the first that is carried`
      : `${links.length === 1 ? 'one batch' : `${links.length} batches`} before it, from ${from} on, ${links.length === 1 ? 'leads' : 'lead'} to it without a gap`,
  );
};
