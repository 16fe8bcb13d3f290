import { normalizeIdentifier } from '@tallyhouse/epcis';
import { canonicalJson, keccak256, merkleTree, sha256Hex, type Hex } from '@tallyhouse/proofs';
import { AuditError } from '../audit.errors.js';

/**
 * What is recalled: the items named, and whatever was handled under all the other conditions together; from there on
 * everything that the goods went into.
 */
export interface RecallCriteria {
  /** Items, lots or containers, in any form that EPCIS allows. */
  readonly items?: readonly string[] | null;
  /** Product classes, as GTIN (14 digits) or as identifier. */
  readonly products?: readonly string[] | null;
  /** Read points or business locations. */
  readonly sites?: readonly string[] | null;
  /** Event times, from inclusive to exclusive. */
  readonly from?: Date | null;
  readonly to?: Date | null;
}

/** Criteria in the one form that is hashed: canonical identifiers, sorted, each once. */
export interface CanonicalCriteria {
  readonly items: readonly string[];
  readonly products: readonly string[];
  readonly sites: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
}

const MAX_ENTRIES = 1_000;
const MAX_LENGTH = 2_000;
/** Whatever EPCIS takes for an identifier is a URI: a scheme, and something behind it (RFC 3986). */
const URI = /^[a-z][a-z0-9+.-]*:[^\s\0]+$/i;

/**
 * Reads criteria and bounds them.
 *
 * @throws AuditError `RECALL_INVALID` when nothing is sought, or a field is out of bounds
 */
export function canonicalCriteria(criteria: RecallCriteria): CanonicalCriteria {
  const items = identifiers('items', criteria.items);
  const products = identifiers(
    'products',
    criteria.products?.map((product) => classOf(product.trim())),
  );
  const sites = identifiers('sites', criteria.sites);
  const [from, to] = [instant('from', criteria.from), instant('to', criteria.to)];
  if (items.length + products.length + sites.length === 0)
    throw new AuditError('RECALL_INVALID', 'criteria: name at least one item, product or site');
  if (from !== null && to !== null && from >= to)
    throw new AuditError('RECALL_INVALID', `criteria: from ${from} must be before to ${to}`);
  return { items, products, sites, from, to };
}

/** SHA-256 of the criteria as canonical JSON (RFC 8785): what the chain keeps of them. */
export function criteriaHash(criteria: CanonicalCriteria): Hex {
  return sha256Hex(
    new TextEncoder().encode(
      canonicalJson({
        ...criteria,
        items: [...criteria.items],
        products: [...criteria.products],
        sites: [...criteria.sites],
      }),
    ),
  );
}

/**
 * Merkle root over the affected items: a leaf is Keccak-256 of the Keccak-256 of the item's canonical identifier, so
 * that it is never taken for an inner node; leaves stand in the order of the identifiers.
 *
 * @param uris in the order of their code units, each once; not empty
 */
export function affectedRoot(uris: readonly string[]): Hex {
  return merkleTree(uris.map(affectedLeaf)).root;
}

function affectedLeaf(uri: string): Hex {
  const inner = keccak256(new TextEncoder().encode(uri));
  return keccak256(Uint8Array.from(Buffer.from(inner.slice(2), 'hex')));
}

function classOf(product: string): string {
  return /^\d{8,14}$/.test(product) ? `https://id.gs1.org/01/${product.padStart(14, '0')}` : product;
}

function identifiers(field: string, list: readonly string[] | null | undefined): string[] {
  const given = list ?? [];
  if (given.length > MAX_ENTRIES)
    throw new AuditError(
      'RECALL_INVALID',
      `criteria.${field}: ${given.length} given, at most ${MAX_ENTRIES}`,
    );
  const bad = given.find((entry) => entry.length > MAX_LENGTH || !URI.test(entry));
  if (bad !== undefined)
    throw new AuditError(
      'RECALL_INVALID',
      `criteria.${field}: ${JSON.stringify(bad.slice(0, 60))} is no identifier; give a GS1 Digital Link or an EPC URN of up ` +
        `to ${MAX_LENGTH} characters`,
    );
  return [...new Set(given.map(normalizeIdentifier))].sort();
}

function instant(field: string, time: Date | null | undefined): string | null {
  if (time === null || time === undefined) return null;
  if (Number.isNaN(time.getTime())) throw new AuditError('RECALL_INVALID', `criteria.${field}: not a time`);
  return time.toISOString();
}
