const UNSAFE_IN_LINK = /[^A-Za-z0-9'\-._;=]/g;
const UNSAFE_IN_URN = /[^A-Za-z0-9!'()*+,\-.:;=_]/g;

/** A value as one segment of a canonical Digital Link path (GS1 Digital Link URI syntax, table of reserved signs). */
export function encodeForLink(value: string): string {
  return value.replace(UNSAFE_IN_LINK, percent);
}

/** A value as a component of an EPC URN (EPC Tag Data Standard, GS3A3). */
export function encodeForUrn(value: string): string {
  return value.replace(UNSAFE_IN_URN, percent);
}

/** The value behind percent signs, or undefined if they are malformed. */
export function decodePercent(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
