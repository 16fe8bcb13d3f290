import { keccak_256 } from '@noble/hashes/sha3.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  buildTrie,
  encodeRlp,
  fromHex,
  keccak256,
  keySlot,
  partnerSlots,
  type Hex,
  type SubmitterRights,
} from '../src/index.js';
import { address, word } from './block-kit.js';

export const KEY_FROM = 1_700_000_000n;
export const KEY_UNTIL = 4_000_000_000n;
const GENERATION = 3n;

/** The state of a chain on which a registry knows the partner and its key; others stand around them. */
export function registryState(partner: Hex, submitter: Hex): { stateRoot: Hex; rights: SubmitterRights } {
  const gln = '4012345000009';
  const registry = address('registry');
  const { record, glnHash } = partnerSlots(partner);
  const key = keySlot(partner, GENERATION, submitter);
  const other = partnerSlots(address('other partner'));
  const storage = trieOf([
    [record, (GENERATION << 8n) | 1n],
    [glnHash, BigInt(keccak256(utf8ToBytes(gln)))],
    [key, (KEY_UNTIL << 64n) | KEY_FROM],
    [other.record, 0x101n],
    [other.glnHash, BigInt(word('other gln'))],
  ]);
  const account = (label: string, root: Hex): [Uint8Array, Uint8Array] => [
    keccak_256(fromHex(label === 'registry' ? registry : address(label))),
    encodeRlp([Uint8Array.of(1), new Uint8Array(), fromHex(root), fromHex(word(`code of ${label}`))]),
  ];
  const accounts = buildTrie([
    account('registry', storage.root),
    ...Array.from({ length: 20 }, (_, index) => account(`account ${index}`, word(`storage ${index}`))),
  ]);
  const nodes = (slot: Hex): Hex[] => storage.proof(keccak_256(fromHex(slot)));
  return {
    stateRoot: accounts.root,
    rights: {
      ...{ registry, gln, accountProof: accounts.proof(keccak_256(fromHex(registry))) },
      ...{ partnerProof: nodes(record), glnProof: nodes(glnHash) },
      keyProof: submitter === partner ? null : nodes(key),
    },
  };
}

function trieOf(slots: readonly (readonly [Hex, bigint])[]): ReturnType<typeof buildTrie> {
  return buildTrie(
    slots.map(([slot, value]) => {
      const digits = value.toString(16);
      return [
        keccak_256(fromHex(slot)),
        encodeRlp(fromHex(`0x${digits.length % 2 ? '0' : ''}${digits}`)),
      ] as const;
    }),
  );
}
