import type { Hex } from './types.js';

/** What a partner shows to everybody: all of it, or nothing. */
export type Sharing = 'OPEN' | 'PRIVATE';
export type GrantKind = 'EVERYTHING' | 'EVENTS' | 'ITEM' | 'PRODUCT' | 'SITE';

export interface Grant {
  id: string;
  owner: Hex;
  grantee: Hex;
  kind: GrantKind;
  resource: string | null;
  eventFrom: string | null;
  eventTo: string | null;
  /** Null: whole events. */
  fields: string[] | null;
  followsCustody: boolean;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** One reading of the viewer's rows by a grant. */
export interface DataRead {
  id: string;
  readAt: string;
  grantId: string;
  reader: Hex;
  operation: string;
  /** 0 stands for figures that the granted rows may have gone into. */
  rowCount: number;
}

export interface SharedEvent {
  grantId: string;
  owner: Hex;
  eventId: string;
  body: { type: string } & Record<string, unknown>;
}
