import { concatBytes } from '@noble/hashes/utils.js';
import { fromHex, keccak256, type Hex } from '@tallyhouse/proofs';

const WORD = 32;

/** What a proposal does once it is executed: calls, in order. Values in wei. */
export interface ProposalCalls {
  readonly targets: readonly Hex[];
  readonly values: readonly bigint[];
  readonly calldatas: readonly Hex[];
}

/**
 * The proposal's id as OpenZeppelin's `Governor.hashProposal` has it:
 * keccak256(abi.encode(targets, values, calldatas, descriptionHash)) as a number.
 *
 * @throws RangeError when a value is no uint256
 * @example hashProposal({ targets: [registry], values: [0n], calldatas: ['0x'] }, descriptionHash) // 3n…
 */
export function hashProposal({ targets, values, calldatas }: ProposalCalls, descriptionHash: Hex): bigint {
  const parts = [
    array(targets.map((target) => padLeft(fromHex(target)))),
    array(values.map(word)),
    arrayOfBytes(calldatas.map((calldata) => fromHex(calldata))),
  ];
  let offset = 4 * WORD;
  const heads = parts.map((part) => {
    const head = word(BigInt(offset));
    offset += part.length;
    return head;
  });
  return BigInt(keccak256(concatBytes(...heads, fromHex(descriptionHash), ...parts)));
}

function array(words: readonly Uint8Array[]): Uint8Array {
  return concatBytes(word(BigInt(words.length)), ...words);
}

function arrayOfBytes(items: readonly Uint8Array[]): Uint8Array {
  const tails = items.map((item) => concatBytes(word(BigInt(item.length)), padRight(item)));
  let offset = items.length * WORD;
  const heads = tails.map((tail) => {
    const head = word(BigInt(offset));
    offset += tail.length;
    return head;
  });
  return concatBytes(word(BigInt(items.length)), ...heads, ...tails);
}

function word(value: bigint): Uint8Array {
  if (value < 0n || value >= 1n << 256n) throw new RangeError(`not a uint256: ${value}`);
  return fromHex(`0x${value.toString(16).padStart(2 * WORD, '0')}`);
}

function padLeft(bytes: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array(WORD - bytes.length), bytes);
}

function padRight(bytes: Uint8Array): Uint8Array {
  return concatBytes(bytes, new Uint8Array((WORD - (bytes.length % WORD)) % WORD));
}
