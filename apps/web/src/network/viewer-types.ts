import type { Hex, Partner } from './types.js';

/** Who is signed in, and what they are on chain. */
export interface Viewer {
  address: Hex;
  roles: {
    partner: Partner | null;
    submitterFor: Pick<Partner, 'address' | 'name'>[];
    asOf: { blockNumber: string; blockTime: string } | null;
  };
  sessions: DeviceSession[];
  passkeys: Passkey[];
}

export interface DeviceSession {
  id: string;
  /** What the device called itself. */
  device: string;
  createdAt: string;
  refreshedAt: string;
  expiresAt: string;
  endsAt: string;
  way: 'WALLET' | 'PASSKEY';
  isCurrent: boolean;
}

export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  isBackedUp: boolean;
  copiedAt: string | null;
}

export interface ApiKey {
  id: string;
  label: string;
  prefix: string | null;
  scopes: string[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  replacedBy: string | null;
}

/** A new key; the secret is given this once. */
export interface IssuedKey {
  secret: string;
  key: ApiKey;
}
