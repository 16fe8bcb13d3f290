import { describe, expect, it } from '@jest/globals';
import { writeCalendar, type CalendarEvent } from './icalendar.js';

const event: CalendarEvent = {
  uid: 'vote-1-73@tallyhouse',
  start: new Date('2026-11-30T06:25:00.900Z'),
  end: new Date('2026-12-01T06:25:00Z'),
  summary: 'Vote: demand; lanes, and more',
  description: 'A first line\nC:\\second',
  url: 'https://example.org/governance/73',
  isCanceled: false,
  sequence: 2,
  changedAt: new Date('2026-11-29T00:00:00Z'),
};
const write = (change: Partial<CalendarEvent> = {}): string =>
  writeCalendar({
    name: 'Votes',
    productId: '-//t//t//EN',
    refreshMinutes: 15,
    events: [{ ...event, ...change }],
  });
/** What a reader of RFC 5545 takes the lines for. */
const unfolded = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');

describe('writeCalendar', () => {
  it('ends every line with CRLF and says when an event was changed and how often', () => {
    const text = write();
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(unfolded(text)).toEqual(
      expect.arrayContaining([
        'BEGIN:VEVENT',
        'UID:vote-1-73@tallyhouse',
        'DTSTAMP:20261129T000000Z',
        'SEQUENCE:2',
        'DTSTART:20261130T062500Z',
        'DTEND:20261201T062500Z',
        'STATUS:CONFIRMED',
      ]),
    );
    expect(write({ isCanceled: true })).toContain('STATUS:CANCELLED\r\n');
    expect(write({ end: undefined })).not.toContain('DTEND');
  });

  it('escapes what has a meaning in a text', () => {
    const lines = unfolded(write());
    expect(lines).toContain('SUMMARY:Vote: demand\\; lanes\\, and more');
    expect(lines).toContain('DESCRIPTION:A first line\\nC:\\\\second');
    const forged = unfolded(write({ summary: 'x\r\nEND:VCALENDAR\u0007' }));
    expect(forged).toContain('SUMMARY:x\\nEND:VCALENDAR');
    expect(forged.filter((line) => line === 'END:VCALENDAR')).toHaveLength(1);
  });

  it.each(['a'.repeat(500), 'ß'.repeat(200), '🚢'.repeat(90), `${'a'.repeat(66)}🚢🚢🚢`])(
    'folds lines at 75 octets and tears no character apart',
    (summary) => {
      const text = write({ summary });
      const sizes = text.split('\r\n').map((line) => Buffer.byteLength(line));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(75);
      expect(unfolded(text)).toContain(`SUMMARY:${summary}`);
    },
  );
});
