/**
 * What is granted: all rows of the partner whatever they are, all its events, or its events that name an item, lot or
 * container, a product, or a place.
 */
export const GRANT_KINDS = ['EVERYTHING', 'EVENTS', 'ITEM', 'PRODUCT', 'SITE'] as const;
export type GrantKind = (typeof GRANT_KINDS)[number];

/** What a partner lets somebody read. Addresses are in lower case. */
export interface GrantRow {
  readonly id: string;
  readonly owner: string;
  /** A partner's address, or the account of somebody who signs in. */
  readonly grantee: string;
  readonly kind: GrantKind;
  /** Canonical identifier of what the events name; null for all. */
  readonly resource: string | null;
  /** Event times from here on, and before there; null without a bound. */
  readonly eventFrom: Date | null;
  readonly eventTo: Date | null;
  /** Fields of EPCIS that come out; null for all. */
  readonly fields: readonly string[] | null;
  /** Whether who takes custody of the item after the grant was made inherits it. */
  readonly followsCustody: boolean;
  readonly createdAt: Date;
  /** When it ends by itself; null for never. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** What a new grant is to be. */
export interface NewGrant {
  readonly grantee: string;
  readonly kind: GrantKind;
  /** In any form that EPCIS allows, as an element string, or as the digits of an SSCC, GTIN or GLN. */
  readonly resource?: string | null;
  readonly eventFrom?: Date | null;
  readonly eventTo?: Date | null;
  readonly fields?: readonly string[] | null;
  readonly followsCustody?: boolean;
  readonly expiresAt?: Date | null;
}
