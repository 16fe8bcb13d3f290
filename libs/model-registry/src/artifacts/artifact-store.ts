import type { Readable } from 'node:stream';
import { sha256Hex, type Hex } from '@tallyhouse/proofs';
import { ModelRegistryError } from '../model-registry.errors.js';

/** No store takes more, and none is read further. */
export const MAX_ARTIFACT_BYTES = 256 * 1024 * 1024;

/** Keeps model artifacts and evaluation reports by the SHA-256 of their bytes. */
export interface ArtifactStore {
  /** Stores bytes and returns their SHA-256; storing the same bytes again changes nothing. */
  put(bytes: Uint8Array): Promise<Hex>;
  /**
   * Bytes whose SHA-256 is `sha256`.
   *
   * @throws ModelRegistryError `ARTIFACT_MISSING`, or `ARTIFACT_ALTERED` when what is kept there has another hash
   */
  get(sha256: Hex): Promise<Uint8Array>;
  has(sha256: Hex): Promise<boolean>;
  /**
   * What is kept under that hash as it lies there, for who hashes it themselves; nothing of it is checked here and none
   * of it is held in memory. Null when nothing is kept. The caller reads the stream to its end or destroys it.
   *
   * @throws ModelRegistryError `HASH_MALFORMED`
   */
  open(sha256: Hex): Promise<KeptFile | null>;
  /** Hashes of all that is kept, in no order; nothing is read. */
  list(): AsyncIterable<Hex>;
}

/** A file of the store, unchecked. */
export interface KeptFile {
  readonly bytes: number;
  readonly stream: Readable;
}

/**
 * The SHA-256 of bytes that may be stored.
 *
 * @throws ModelRegistryError `ARTIFACT_TOO_LARGE`
 */
export function hashToStore(bytes: Uint8Array): Hex {
  if (bytes.byteLength <= MAX_ARTIFACT_BYTES) return sha256Hex(bytes);
  throw new ModelRegistryError(
    'ARTIFACT_TOO_LARGE',
    `artifact of ${bytes.byteLength} bytes: the limit is ${MAX_ARTIFACT_BYTES}; make the model smaller`,
  );
}

/**
 * The name that an artifact has in every store: its hash without 0x.
 *
 * @throws ModelRegistryError `HASH_MALFORMED`
 */
export function nameOf(sha256: Hex): string {
  if (/^0x[0-9a-f]{64}$/.test(sha256)) return sha256.slice(2);
  throw new ModelRegistryError('HASH_MALFORMED', 'sha256: expected 0x and 64 lower-case hexadecimal digits');
}

/** The hash that a name stands for; undefined for what else lies in a store. */
export function hashOf(name: string): Hex | undefined {
  return /^[0-9a-f]{64}$/.test(name) ? `0x${name}` : undefined;
}

/** @throws ModelRegistryError `ARTIFACT_ALTERED` when bytes have another hash */
export function checked(sha256: Hex, bytes: Uint8Array): Uint8Array {
  const actual = sha256Hex(bytes);
  if (actual === sha256) return bytes;
  throw altered(sha256, `its bytes have SHA-256 ${actual}`);
}

export function altered(sha256: Hex, how: string): ModelRegistryError {
  return new ModelRegistryError(
    'ARTIFACT_ALTERED',
    `artifact ${sha256} was altered: ${how}; put the original file back`,
  );
}

export function missing(sha256: Hex): ModelRegistryError {
  return new ModelRegistryError(
    'ARTIFACT_MISSING',
    `no artifact ${sha256} in the store; copy the file there and try again`,
  );
}
