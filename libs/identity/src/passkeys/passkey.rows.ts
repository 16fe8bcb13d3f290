/** A passkey as its owner sees it. */
export interface PasskeyRow {
  readonly id: string;
  /** What its owner calls it. */
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** Whether it lies in an account of its maker (phone, password manager) and not on one device alone. */
  readonly isBackedUp: boolean;
  /** When its counter went back, as only that of a copy does; it opens nothing since. */
  readonly copiedAt: Date | null;
}

/** A passkey as it is checked. */
export interface StoredPasskey {
  readonly id: string;
  /** Lower case. */
  readonly address: string;
  /** base64url. */
  readonly credentialId: string;
  readonly publicKey: Buffer;
  /** Name of the host that it was made for. */
  readonly rpId: string;
  readonly transports: readonly string[];
  readonly deviceType: 'singleDevice' | 'multiDevice';
  readonly copiedAt: Date | null;
}

/** What is kept of a new passkey. */
export interface NewPasskey extends Omit<StoredPasskey, 'id' | 'copiedAt'> {
  readonly counter: number;
  readonly isBackedUp: boolean;
  readonly name: string;
}

/** Columns of a {@link PasskeyRow}. */
export const PASSKEY_COLUMNS = `id, name, created_at AS "createdAt", last_used_at AS "lastUsedAt",
  is_backed_up AS "isBackedUp", copied_at AS "copiedAt"`;

/** Columns of a {@link StoredPasskey}. */
export const STORED_COLUMNS = `id, address, credential_id AS "credentialId", public_key AS "publicKey", rp_id AS "rpId",
  transports, device_type AS "deviceType", copied_at AS "copiedAt"`;
