import { encode } from 'uqr';

/** A code that a camera reads, as one path of unit squares. */
export interface PairingCode {
  /** Squares in a row, the white edge among them. */
  readonly size: number;
  readonly path: string;
}

/** Draws an address as a QR code, so that a wallet on a phone can read it from this screen. */
export function pairingCode(address: string): PairingCode {
  const { size, data } = encode(address, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return { size, path };
}
