/** One entry of a calendar. */
export interface CalendarEvent {
  /** The same for ever, in whatever calendar it shows. */
  readonly uid: string;
  readonly start: Date;
  /** Left out: a moment. */
  readonly end?: Date;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly isCanceled: boolean;
  /** Grows with every change of its times, and when it is called off. */
  readonly sequence: number;
  readonly changedAt: Date;
}

/** A calendar before it is written. */
export interface Calendar {
  readonly name: string;
  readonly productId: string;
  /** How often a reader may look again. */
  readonly refreshMinutes: number;
  readonly events: readonly CalendarEvent[];
}

const MAX_LINE_OCTETS = 75;

/**
 * Writes a calendar as RFC 5545 wants it: lines end with CRLF and hold at most 75 octets, no character is torn apart, times are
 * UTC.
 *
 * @example writeCalendar({ name: 'Votes', productId: '-//x//y//EN', refreshMinutes: 15, events: [] }).split('\r\n')[0] // 'BEGIN:VCALENDAR'
 */
export function writeCalendar({ name, productId, refreshMinutes, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${escaped(productId)}`,
    'CALSCALE:GREGORIAN',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:PT${refreshMinutes}M`,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `DTSTAMP:${utc(event.changedAt)}`,
    `LAST-MODIFIED:${utc(event.changedAt)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART:${utc(event.start)}`,
    ...(event.end ? [`DTEND:${utc(event.end)}`] : []),
    `SUMMARY:${escaped(event.summary)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    `URL:${event.url}`,
    `STATUS:${event.isCanceled ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** `20261130T062500Z` */
function utc(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** TEXT of RFC 5545, section 3.3.11; other control characters have no place in it. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/(?!\t)\p{Cc}/gu, '');
}

/** Section 3.1: a longer line goes on in the next, after one space. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let octets = 0;
  let result = '';
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MAX_LINE_OCTETS) {
      result += '\r\n ';
      octets = 1;
    }
    result += character;
    octets += size;
  }
  return result;
}
