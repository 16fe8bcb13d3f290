import { concatBytes } from '@noble/hashes/utils.js';
import { addressWord, bytes32Word, uintWord } from '../abi.js';
import { keccak256, toHex, type Hex } from '../hex.js';

/** Where PartnerRegistry keeps its two mappings: the order of its variables after AccessControl's one. */
const PARTNERS = 1n;
const KEYS = 3n;

/** A partner's record, two slots: whether it is registered and for which time, then the hash of its GLN. */
export function partnerSlots(partner: Hex): { record: Hex; glnHash: Hex } {
  const record = keccak256(concatBytes(addressWord(partner), uintWord(PARTNERS, 256)));
  return { record, glnHash: toHex(uintWord(BigInt.asUintN(256, BigInt(record) + 1n), 256)) };
}

/** The validity of a submitter's key in one registration of a partner. */
export function keySlot(partner: Hex, generation: bigint, submitter: Hex): Hex {
  const ofPartner = keccak256(concatBytes(addressWord(partner), uintWord(KEYS, 256)));
  const ofGeneration = keccak256(concatBytes(uintWord(generation, 256), bytes32Word(ofPartner)));
  return keccak256(concatBytes(addressWord(submitter), bytes32Word(ofGeneration)));
}

/** The record as Solidity packs it: a flag in the lowest byte, the number of the registration above it. */
export function readPartnerRecord(slot: bigint): { registered: boolean; generation: bigint } {
  return { registered: (slot & 0xffn) === 1n, generation: BigInt.asUintN(64, slot >> 8n) };
}

/** First second of a key's validity, and the first that is no longer in it. */
export function readValidity(slot: bigint): { from: bigint; until: bigint } {
  return { from: BigInt.asUintN(64, slot), until: BigInt.asUintN(64, slot >> 64n) };
}
