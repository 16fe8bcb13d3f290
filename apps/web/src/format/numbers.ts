const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const DECIMALS = 18n;
const ONE = 10n ** DECIMALS;

/** Digits are read with a minus of their own width, not with a hyphen. */
const withMinus = (text: string): string => text.replace('-', '−');

/** A difference with its sign and that many decimals. */
export function signed(value: number, decimals: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(decimals)}`;
}

/** A count with grouped thousands. */
export function count(value: number): string {
  return grouped.format(value);
}

/** A block number or other whole number that the api gives as text. */
export function whole(value: string): string {
  return grouped.format(BigInt(value));
}

/** A measured quantity: at most four significant digits below a thousand, whole above it. */
export function quantity(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 2;
  return withMinus(new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value));
}

/** A value beside an axis, short: `1.2K`. */
export function axisNumber(value: number): string {
  return withMinus(
    new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value),
  );
}

/** A token amount as a number of whole tokens, for drawing; exact to a millionth. */
export function tokenNumber(amount: string): number {
  return Number(BigInt(amount) / 10n ** 12n) / 1e6;
}

/** A share as a percentage with one decimal, from 0..1. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)}%` : '–';
}

/** A token amount in whole tokens from its 18-decimal integer; two decimals, cut rather than rounded. */
export function tokens(amount: string | bigint): string {
  const units = BigInt(amount);
  const sign = units < 0n ? '−' : '';
  const size = units < 0n ? -units : units;
  const hundredths = (size % ONE) / (ONE / 100n);
  const fraction = hundredths === 0n ? '' : `.${hundredths.toString().padStart(2, '0')}`;
  if (size > 0n && size < ONE / 100n) return `${sign}<0.01`;
  return `${sign}${grouped.format(size / ONE)}${fraction}`;
}

/** part / whole as a number in 0..1, exact to 1e-6; 0 when there is no whole. */
export function share(part: string | bigint, whole: string | bigint): number {
  const total = BigInt(whole);
  if (total <= 0n) return 0;
  return Number((BigInt(part) * 1_000_000n) / total) / 1_000_000;
}

/** A file size: `812 bytes`, `12.4 kB`, `3.1 MB` (powers of ten). */
export function bytes(size: number): string {
  if (size < 1000) return `${size} bytes`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
