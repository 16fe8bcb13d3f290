import { utf8ToBytes } from '@noble/hashes/utils.js';
import { readHeader } from '../../block/header.js';
import { keySlot, partnerSlots, readPartnerRecord, readValidity } from '../../block/registry-slots.js';
import { keccak256, type Hex } from '../../hex.js';
import { provenSlot, provenStorageRoot } from '../../trie/state-proof.js';
import type { AnchorProof, SubmitterRights } from '../bundle.js';
import type { Step } from '../verification.js';
import { held, left, must } from './outcome.js';

/** The submitter spoke for the partner when the block was made, by the state of the registry after it. */
export const submitterStep: Step = (bundle, options) => {
  const { rights, batch, leaf, header } = bundle;
  if (!rights)
    return left(
      'the bundle carries no state of the registry; that the key spoke for the partner rests on the contract, which lets no other log',
    );
  const { stateRoot, number } = readHeader(header);
  const storageRoot = provenStorageRoot(stateRoot, rights.registry, rights.accountProof);
  const generation = provenPartner(storageRoot, batch.partner, rights);
  const key =
    leaf.submitter === batch.partner
      ? 'the partner itself'
      : provenKey(storageRoot, generation, rights.keyProof, bundle);
  if (leaf.submitter === batch.partner)
    must(rights.keyProof === null, 'a proof of a key, but the partner itself submitted');
  const said = `partner ${batch.partner} with GLN ${rights.gln} is registered after block ${number}, and ${leaf.submitter} is ${key}`;
  if (options.registry === undefined)
    return left(`${said}; compare the registry ${rights.registry} with Tallyhouse's deployment (--registry)`);
  must(
    rights.registry === options.registry.toLowerCase(),
    `the registry is ${rights.registry}, you gave ${options.registry}`,
  );
  return held(said);
};

function provenPartner(storageRoot: Hex, partner: Hex, rights: SubmitterRights): bigint {
  const slots = partnerSlots(partner);
  const record = readPartnerRecord(provenSlot(storageRoot, slots.record, rights.partnerProof));
  must(record.registered, `the registry does not hold ${partner} as a partner`);
  const hash = BigInt(keccak256(utf8ToBytes(rights.gln)));
  must(
    provenSlot(storageRoot, slots.glnHash, rights.glnProof) === hash,
    `the registry holds another GLN than ${rights.gln} for ${partner}`,
  );
  return record.generation;
}

function provenKey(
  storageRoot: Hex,
  generation: bigint,
  proof: Hex[] | null,
  { leaf, batch, header }: AnchorProof,
): string {
  must(proof !== null, `no proof that ${leaf.submitter} speaks for ${batch.partner}`);
  const { timestamp } = readHeader(header);
  const slot = keySlot(batch.partner, generation, leaf.submitter);
  const { from, until } = readValidity(provenSlot(storageRoot, slot, proof));
  must(
    from <= timestamp && timestamp < until,
    `the key ${leaf.submitter} is valid from ${from} until ${until}, the block is of ${timestamp}`,
  );
  const end = until === (1n << 64n) - 1n ? 'without end' : `until ${until}`;
  return `a key of it, valid from ${from} ${end} (Unix seconds)`;
}
