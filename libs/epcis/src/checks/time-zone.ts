const OFFSET = /^([+-])(0\d|1[0-3]):([0-5]\d)$/;

/**
 * Minutes east of UTC of an `eventTimeZoneOffset`; undefined if it is none. The range is that of EPCIS 2.0: 14:00 at
 * most.
 *
 * @example offsetMinutes('-06:30') // -390
 */
export function offsetMinutes(offset: string): number | undefined {
  if (offset === '+14:00' || offset === '-14:00') return offset.startsWith('-') ? -840 : 840;
  const parts = OFFSET.exec(offset);
  if (!parts) return undefined;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return parts[1] === '-' && minutes > 0 ? -minutes : minutes;
}
