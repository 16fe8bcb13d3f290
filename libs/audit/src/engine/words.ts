import type { Reference } from './reference.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A time as a person reads it. @example when(0) // '1970-01-01 00:00 UTC' */
export function when(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A length of time in the unit that fits. @example span(90 * 60_000) // '1.5 h' */
export function span(ms: number): string {
  if (ms < HOUR_MS) return `${Math.round(ms / 60_000)} min`;
  return ms < 2 * DAY_MS ? `${round(ms / HOUR_MS)} h` : `${round(ms / DAY_MS)} days`;
}

/** The name of a place, or its number where no name is known. */
export function place(uri: string | undefined, reference: Reference): string {
  if (uri === undefined) return 'an unnamed place';
  return reference.site(uri)?.name ?? uri.replace('https://id.gs1.org/', '');
}

/** What an identifier names, in a few words. @example item('https://id.gs1.org/00/095211410000000014') // 'unit 095211410000000014' */
export function item(uri: string): string {
  const path = uri.replace('https://id.gs1.org/', '');
  const unit = /^00\/(\d{18})$/.exec(path);
  if (unit) return `unit ${unit[1]}`;
  const serial = /^01\/(\d{14})\/21\/(.+)$/.exec(path);
  if (serial) return `item ${serial[2]} of ${serial[1]}`;
  const lot = /^01\/(\d{14})\/10\/(.+)$/.exec(path);
  return lot ? `lot ${lot[2]} of ${lot[1]}` : path;
}

/** A step without underscores. @example step('retail_selling') // 'retail selling' */
export function step(bizStep: string | undefined): string {
  return (bizStep ?? 'an unnamed step').replaceAll('_', ' ');
}

/** At most three significant decimals, no trailing zeros. */
export function round(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1)));
}
