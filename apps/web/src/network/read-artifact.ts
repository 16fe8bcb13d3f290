import { ReadError } from './graphql-client.js';
import type { Hex } from './types.js';

const TIMEOUT_MS = 120_000;

/** A file of the store with the hash that this browser made of its bytes. */
export interface HashedFile {
  content: Uint8Array<ArrayBuffer>;
  sha256: Hex;
}

/** Downloads the file kept under a hash and hashes it here; whether the two are the same is for the caller to say. */
export async function readArtifact(sha256: Hex, signal?: AbortSignal): Promise<HashedFile> {
  if (!('subtle' in crypto))
    throw new ReadError('INSECURE', 'this browser hashes files only on pages that came by https');
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`/artifacts/${sha256.toLowerCase()}`, {
    headers: { accept: 'application/octet-stream' },
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ReadError('UNREACHABLE', 'The Tallyhouse api does not answer.');
  });
  if (response.status === 404) throw new ReadError('ARTIFACT_MISSING', 'the file is not kept here');
  if (!response.ok) throw new ReadError('NO_ANSWER', `the file was answered with status ${response.status}`);
  const content = new Uint8Array(await response.arrayBuffer());
  return { content, sha256: hexOf(await crypto.subtle.digest('SHA-256', content)) };
}

function hexOf(digest: ArrayBuffer): Hex {
  return `0x${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
