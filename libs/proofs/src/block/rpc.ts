import { fromHex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import { quantityBytes } from '../rlp/rlp.js';

/** An object as a node answers it (Ethereum JSON-RPC): every value hexadecimal text. */
export type RpcObject = { readonly [key: string]: unknown };

/** A number of the answer as RLP holds it. @throws ProofInputError `BLOCK` when it is missing or no number */
export function quantity(object: RpcObject, key: string): Uint8Array {
  const text = object[key];
  if (typeof text !== 'string' || !/^0x[0-9a-fA-F]{1,64}$/.test(text)) throw missing(key, 'a number');
  return quantityBytes(BigInt(text));
}

/** Bytes of the answer, `length` of them where it is given. @throws ProofInputError `BLOCK` when missing */
export function bytes(object: RpcObject, key: string, length?: number): Uint8Array {
  const text = object[key];
  if (typeof text !== 'string') throw missing(key, 'bytes');
  return fromHex(text, length);
}

/** A list of the answer. @throws ProofInputError `BLOCK` when missing */
export function list(object: RpcObject, key: string): readonly unknown[] {
  const value = object[key];
  if (!Array.isArray(value)) throw missing(key, 'a list');
  return value;
}

/** A part of the answer as an object. @throws ProofInputError `BLOCK` for anything else */
export function object(value: unknown): RpcObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw missing('entry', 'an object');
  return value as RpcObject;
}

/** EIP-2718 type of a transaction or receipt: 0 where the answer names none. */
export function typeOf(answer: RpcObject): number {
  const { type } = answer;
  return type === undefined || type === null ? 0 : Number(type as string);
}

function missing(key: string, expected: string): ProofInputError {
  return new ProofInputError('BLOCK', `the node's answer has no ${key} that is ${expected}`);
}
