import { utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256Hex } from '../../hex.js';
import type { JsonField } from '../../json.js';
import { recordSha256, TEXT_LEAF_SCHEMA_ID, textLeaf } from '../../text-leaf.js';
import type { TextBundle } from '../bundle.js';
import type { Step } from '../verification.js';
import { askedOf } from './asked-fields.js';
import { underRoot } from './batch-steps.js';
import { held, must } from './outcome.js';

/** What a bundle of a text shows, as fields. */
export function textFields({ text, record }: TextBundle): JsonField[] {
  const fields = Object.entries(record).map(([name, value]) => ({ path: `/record/${name}`, value }));
  return [{ path: '/text', value: text }, ...fields];
}

/** The words give the hash of the leaf. */
export const textStep: Step<TextBundle> = ({ text, leaf }) => {
  const found = sha256Hex(utf8ToBytes(text));
  must(found === leaf.textSha256, `the words have the SHA-256 ${found}, the leaf says ${leaf.textSha256}`);
  return held(`SHA-256 of the words is ${found}`);
};

/** The record around the words gives the other hash of the leaf, and is the batch's partner's. */
export const recordStep: Step<TextBundle> = ({ record, leaf, batch }) => {
  const found = recordSha256({ ...record, textSha256: leaf.textSha256 });
  must(
    found === leaf.recordSha256,
    `the record has the SHA-256 ${found}, the leaf says ${leaf.recordSha256}`,
  );
  must(
    record.partner === batch.partner,
    `the record is of ${record.partner.slice(0, 80)}, the batch of ${batch.partner}`,
  );
  return held(`SHA-256 of the record as RFC 8785 JSON is ${found}`);
};

/** What the caller asked for is shown. */
export const textAskedStep: Step<TextBundle> = (bundle, { disclose }) =>
  askedOf(() => textFields(bundle), disclose);

/** The leaf lies under the batch's root. */
export const textPathStep: Step<TextBundle> = ({ batch, leaf, format }) => {
  must(
    batch.schemaId === TEXT_LEAF_SCHEMA_ID,
    `leaves of the schema ${batch.schemaId} do not go with a ${format}, which has ${TEXT_LEAF_SCHEMA_ID}`,
  );
  return underRoot(batch, textLeaf({ ...leaf, recordTime: BigInt(leaf.recordTime) }), 'texts');
};
