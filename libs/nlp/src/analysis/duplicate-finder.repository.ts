import type { EntityManager } from 'typeorm';
import { bandKeys, estimatedJaccard, minHashSignature } from '../duplicates/min-hash.js';
import { NEAR_DUPLICATE_THRESHOLD, SHINGLE_SIZE } from '../duplicates/near-duplicates.js';
import { shingles } from '../duplicates/shingles.js';

/** A text whose near-duplicates among those stored before are looked for. */
export interface NewText {
  readonly id: string;
  readonly words: string;
}

/** What is kept of a text to find its near-duplicates; null for a text without words. */
export interface DuplicateRecord {
  readonly id: string;
  /** First text of its group; null when it is the first itself. */
  readonly duplicateOf: string | null;
  readonly bands: Int32Array | null;
  readonly signature: Uint32Array | null;
}

interface Candidate {
  readonly id: string;
  readonly head: string;
  readonly bands: readonly number[];
  readonly signature: Buffer;
}

const SEED = 1;
const MAX_CANDIDATES = 2_000;
/** Heads compared with a text: boilerplate shares bands with many. */
const MAX_COMPARED = 50;

/** Puts new texts into the groups of those stored, in their order, by the estimate of 128 MinHash values. */
export async function findDuplicates(
  manager: EntityManager,
  texts: readonly NewText[],
): Promise<DuplicateRecord[]> {
  const read = texts.map(({ id, words }) => {
    const members = shingles(words, SHINGLE_SIZE);
    const signature = members.length === 0 ? null : minHashSignature(members, SEED);
    return { id, signature, bands: signature && bandKeys(signature) };
  });
  const heads = new Map<number, { id: string; signature: Uint32Array }[]>();
  const remember = (id: string, signature: Uint32Array, bands: Iterable<number>): void => {
    for (const band of bands) heads.set(band, [...(heads.get(band) ?? []), { id, signature }]);
  };
  for (const { head, signature, bands } of await candidates(
    manager,
    read.flatMap(({ bands }) => [...(bands ?? [])]),
  )) {
    remember(
      head,
      new Uint32Array(signature.buffer.slice(signature.byteOffset, signature.byteOffset + signature.length)),
      bands,
    );
  }
  return read.map(({ id, signature, bands }) => {
    if (!signature || !bands) return { id, duplicateOf: null, bands, signature };
    const compared = [...bands].flatMap((band) => heads.get(band) ?? []).slice(0, MAX_COMPARED);
    const head = compared.find(
      (each) => estimatedJaccard(each.signature, signature) >= NEAR_DUPLICATE_THRESHOLD,
    );
    remember(head?.id ?? id, signature, bands);
    return { id, duplicateOf: head?.id ?? null, bands, signature };
  });
}

async function candidates(manager: EntityManager, bands: readonly number[]): Promise<Candidate[]> {
  if (bands.length === 0) return [];
  return manager.query(
    `SELECT id, coalesce(duplicate_of, id) AS head, bands, signature FROM text
     WHERE bands && $1::integer[] ORDER BY seq LIMIT ${MAX_CANDIDATES}`,
    [[...new Set(bands)]],
  );
}
