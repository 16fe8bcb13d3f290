import { TEXT_BUNDLE_FORMAT, textWords, type Hex, type TextBundle } from '@tallyhouse/proofs';
import {
  BundleError,
  isUuid,
  proveAnchor,
  withProvenRights,
  type AnchorProofSource,
} from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import { TextProofReader, type TextProofRow } from '../read/text-proof.reader.js';

/** What a bundle of a text is made from. */
export interface TextBundleRequest extends AnchorProofSource {
  readonly textId: string;
}

/**
 * Makes the proof bundle of an anchored text: its words and record, and the way to the block, as docs/verification.md
 * describes it.
 *
 * @throws BundleError `TEXT_UNKNOWN`, `NOT_ANCHORED` (ask again when its batch is indexed), `DATABASE_INCONSISTENT`
 * when the stored words are not those that were anchored, or `NODE_INCONSISTENT`
 * @example (await assembleTextBundle({ dataSource, rpc, textId })).format // 'tallyhouse-text-proof/1'
 */
export async function assembleTextBundle(request: TextBundleRequest): Promise<TextBundle> {
  const { dataSource, registry, textId } = request;
  const proof = await new TextProofReader(dataSource).find(textId);
  if (!proof) throw await noProof(dataSource, textId);
  const stored = await storedText(dataSource, proof);
  if (!proof.intact)
    throw new BundleError(
      'DATABASE_INCONSISTENT',
      `the stored words of text ${textId} are not those that were anchored`,
      'restore the database from a backup',
    );
  const anchor = await proveAnchor(request, { ...proof, ...stored });
  return withProvenRights(
    {
      format: TEXT_BUNDLE_FORMAT,
      text: textWords(stored.title, stored.body),
      record: {
        partner: proof.partner,
        kind: stored.kind,
        source: stored.source,
        reference: stored.reference,
        writtenAt: stored.writtenAt.toISOString(),
      },
      leaf: {
        textSha256: proof.textSha256,
        recordSha256: proof.recordSha256,
        submitter: proof.submitter,
        recordTime: Number(proof.recordTimeSeconds),
      },
      ...anchor,
    },
    registry,
  );
}

interface StoredText {
  readonly title: string;
  readonly body: string;
  readonly kind: string;
  readonly source: string;
  readonly reference: string;
  readonly writtenAt: Date;
  readonly count: number;
  readonly prevHead: Hex;
  readonly head: Hex;
  readonly uri: string;
}

async function storedText(dataSource: DataSource, proof: TextProofRow): Promise<StoredText> {
  const [stored]: (Omit<StoredText, 'count'> & { count: string })[] = await dataSource.query(
    `SELECT x.title, x.body, x.kind, x.source, x.reference, x.written_at AS "writtenAt", t.count,
       t.prev_head AS "prevHead", t.head, t.uri FROM text x, trace_anchored t
     WHERE x.id = $1 AND t.chain_id = $2 AND t.block_number = $3 AND t.log_index = $4`,
    [proof.textId, proof.chainId, proof.blockNumber, proof.logIndex],
  );
  if (stored) return { ...stored, count: Number(stored.count) };
  throw new BundleError('NOT_ANCHORED', 'the batch was taken off the chain a moment ago', 'ask again later');
}

async function noProof(dataSource: DataSource, textId: string): Promise<BundleError> {
  const known: unknown[] = isUuid(textId)
    ? await dataSource.query('SELECT 1 FROM text WHERE id = $1', [textId])
    : [];
  return known.length > 0
    ? new BundleError('NOT_ANCHORED', `text ${textId} is not on chain yet`, 'ask again when its batch is')
    : new BundleError('TEXT_UNKNOWN', `no text has the id ${textId}`, 'take an id from the list of texts');
}
